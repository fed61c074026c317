/** The process itself: its exit status, and a reader that goes away. */
import { spawn, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { copyOfMarket, market } from "./command.js";

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
const tsx = import.meta.resolve("tsx");
const command = ["--conditions=@ouverture/source", "--import", tsx, bin];

describe("the process", () => {
  it("exits with the status of the command", () => {
    const run = (directory: string, ...args: string[]) =>
      spawnSync(process.execPath, [...command, ...args], { cwd: directory, encoding: "utf8" });
    expect(run(market, "verify", "--all")).toMatchObject({ status: 0, stderr: "" });
    const root = copyOfMarket();
    rmSync(join(root, ".ouverture"), { recursive: true });
    expect(run(root, "verify", "--all")).toMatchObject({ status: 1, stderr: "" });
    expect(run(root, "verify", "nowhere")).toMatchObject({ status: 2, stdout: "" });
  });

  it("says nothing when its reader goes away", async () => {
    const child = spawn(process.execPath, [...command, "verify", "--format", "json"], {
      cwd: market,
    });
    child.stdout.destroy();
    let complaint = "";
    child.stderr.on("data", (data: Buffer) => {
      complaint += data.toString();
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect({ status, complaint }).toEqual({ status: 0, complaint: "" });
  });
});
