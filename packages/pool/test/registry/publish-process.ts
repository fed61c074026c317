/** A process that publishes into a registry in a directory, one function after the other. */
import { openDirectoryRegistry } from "../../src/registry/directory-registry.js";
import { manyRecords } from "../store-suite-records.js";

const [, , folder = "", count = "", first = ""] = process.argv;
for (const record of manyRecords(Number(count), Number(first))) {
  for await (const answer of openDirectoryRegistry(folder).add([record])) {
    if ("fault" in answer) throw new Error(answer.fault.code);
  }
}
