/** What every store does, done by a registry over HTTP that serves a pool directory. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openHttpRegistry } from "../../src/http/http-registry.js";
import { temporaryFolder } from "../folder.js";
import { describeStore, type Subject, writeIndexes } from "../store-suite.js";
import { serveFolder, startServer } from "./faulty-server.js";

describeStore(
  "a registry over HTTP",
  // No folder, link or device gets through HTTP: the server has it or not.
  { writes: false, lists: true, ordersMappings: false, inPlace: [], corrupt: "fault" },
  async (): Promise<Subject> => {
    const folder = temporaryFolder();
    writeListing(folder);
    const { url } = await startServer(serveFolder(folder));
    const open = () => openHttpRegistry({ name: "served", url, retryDelay: 1 });
    return {
      store: open(),
      another: async () => open(),
      async change(edit) {
        await edit(folder);
        writeIndexes(folder);
        writeListing(folder);
      },
    };
  },
);

/** Writes objects/index.json, as publishing does. */
function writeListing(folder: string): void {
  const objects = join(folder, "objects", "sha256");
  mkdirSync(objects, { recursive: true });
  const functions = readdirSync(objects).flatMap((start) =>
    readdirSync(join(objects, start))
      .filter((rest) => existsSync(join(objects, start, rest, "object.json")))
      .map((rest) => start + rest),
  );
  const text = JSON.stringify({ functions: functions.sort() }, null, 2);
  writeFileSync(join(folder, "objects", "index.json"), text);
}
