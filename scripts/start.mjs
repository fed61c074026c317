// `npm start`, on a fresh clone too: verifies the repositories in examples/ with the command that
// packages/cli builds. Further arguments go to `ouverture verify --all`.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build, install, root, run } from "./workspace.mjs";

install();
build();

const command = [join(root, "packages/cli/dist/bin.cjs"), "verify", "--all"];
const examples = readdirSync(join(root, "examples"))
  .map((name) => join(root, "examples", name))
  .filter((folder) => existsSync(join(folder, ".ouverture")));

for (const folder of examples) {
  const status = run(process.execPath, [...command, ...process.argv.slice(2)], { cwd: folder });
  if (status !== 0) process.exitCode = status;
}
