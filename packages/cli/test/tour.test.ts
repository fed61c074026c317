/** The tour in examples/: it works as it stands there, from the first `init` to `verify`. */
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { isolated, temporaryFolder } from "./command.js";

const tour = fileURLToPath(new URL("../../../examples/tour.sh", import.meta.url));
const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

it.skipIf(process.platform === "win32")("the tour goes to its end", () => {
  const folder = temporaryFolder();
  const command = [
    process.execPath,
    "--conditions=@ouverture/source",
    "--import",
    import.meta.resolve("tsx"),
    bin,
  ];
  const shim = join(folder, "ouverture");
  writeFileSync(shim, `#!/bin/sh\nexec ${command.map((part) => `'${part}'`).join(" ")} "$@"\n`);
  chmodSync(shim, 0o755);
  const environment = isolated(folder);
  const { status, stdout, stderr } = spawnSync("sh", [tour], {
    env: { ...environment, PATH: folder + delimiter + environment.PATH },
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("def desviación(valores):");
  expect(stdout).toMatch(/2 functions, \d mappings: no errors/);
  expect(stdout).toMatch(/1 import of 2 functions in 1 file: 2 verified, 0 skipped\n$/);
});
