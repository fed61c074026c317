// `npm start`, on a fresh clone too: checks every pool import of examples/ with the command
// that packages/cli builds. Further arguments go to `ouverture verify --all`.
import { join } from "node:path";
import { build, install, root, run } from "./workspace.mjs";

install();
build();
process.exitCode = run(
  process.execPath,
  [join(root, "packages/cli/dist/bin.js"), "verify", "--all", ...process.argv.slice(2)],
  { cwd: join(root, "examples") },
);
