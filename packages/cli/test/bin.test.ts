/** The process itself: its exit status, its signals, and a reader that goes away. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { copyOfMarket, isolated, market, temporaryFolder } from "./command.js";

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
const tsx = import.meta.resolve("tsx");
const command = ["--conditions=@ouverture/source", "--import", tsx, bin];

/** How a process ended, and what it said on standard error. */
async function ended(child: ChildProcess): Promise<{ status: unknown; complaint: string }> {
  let complaint = "";
  child.stderr?.on("data", (data: Buffer) => {
    complaint += data.toString();
  });
  const status = await new Promise((resolve) =>
    child.on("close", (code, signal) => resolve(code ?? signal)),
  );
  return { status, complaint };
}

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
    expect(await ended(child)).toEqual({ status: 0, complaint: "" });
  });

  it.skipIf(!existsSync("/dev/full"))("says that its output cannot be written", async () => {
    const child = spawn(process.execPath, [...command, "verify"], {
      cwd: market,
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    });
    const { status, complaint } = await ended(child);
    expect(status).toBe(2);
    expect(complaint).toMatch(/^ouverture: The output cannot be written: ENOSPC.*\n$/);
  });

  it.skipIf(process.platform === "win32")("ends at Ctrl-C", async () => {
    // A registry that never answers.
    const server = createServer(() => child.kill("SIGINT"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close().closeAllConnections());
    const { port } = server.address() as AddressInfo;
    const child = spawn(process.execPath, [...command, "get", "0".repeat(64)], {
      cwd: temporaryFolder(),
      env: { ...isolated(), OUVERTURE_REGISTRIES: `web=http://127.0.0.1:${port}/` },
    });
    const { status, complaint } = await ended(child);
    expect([130, "SIGINT"]).toContain(status);
    expect(complaint).toMatch(/^(?:ouverture: Cancelled\.\n)?$/);
  });
});
