// Writes the version of package.json, which changesets raise, into the files of the Python package:
//   node pin-version.mjs [FOLDER]
// Plain Node, because `npm run version` runs it before anything is built.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
// Others, such as 1.0.0-beta.1, are written another way in Python (PEP 440).
if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`Python has no version ${version}.`);
pin("pyproject.toml", /^version = ".*"$/m, `version = "${version}"`);
pin("src/ouverture/_version.py", /^__version__ = ".*"$/m, `__version__ = "${version}"`);

function pin(name, line, text) {
  const path = join(folder, name);
  const before = readFileSync(path, "utf8");
  if (!line.test(before)) throw new Error(`There is no version in ${path}.`);
  writeFileSync(path, before.replace(line, text));
}
