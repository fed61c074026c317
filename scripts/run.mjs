// `npm run bench`, `fuzz` and `generate`: the script of that name in every package that has one,
// on what was built of the present sources. Further arguments go to the script.
import { build, install, run } from "./workspace.mjs";

const [name, ...args] = process.argv.slice(2);
install();
build();
process.exitCode = run("npm", [
  "run",
  name,
  "--workspaces",
  "--if-present",
  "--silent",
  "--",
  ...args,
]);
