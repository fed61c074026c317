/**
 * A process that publishes into a git registry, one function after another, and says the
 * hash of each once it is there.
 */
import { openGitRegistry } from "../../src/git/git-registry.js";
import { manyRecords } from "../store-suite-records.js";
import { AUTHOR } from "./git-author.js";

const [, , url = "", cache = "", count = "", first = ""] = process.argv;
const store = openGitRegistry({ name: "team", url, cache, identity: AUTHOR });
for (const record of manyRecords(Number(count), Number(first))) {
  for await (const answer of store.add([record])) {
    if ("fault" in answer) throw new Error(answer.fault.code);
    process.stdout.write(`${answer.hash}\n`);
  }
}
await store.close();
