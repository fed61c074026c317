/** Answers reach files and pipes whole, also those that do not wait for their reader. */
import { execFileSync, spawnSync } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { isolated, market, temporaryFolder } from "./command.js";

const bin = fileURLToPath(new URL("../dist/bin.cjs", import.meta.url));
/** Its answer is longer than the smallest pipe. */
const LONG = [bin, "verify", "--all", "--format", "json"];

function answer(): string {
  const options = { cwd: market, env: isolated(), encoding: "utf8" } as const;
  return execFileSync(process.execPath, LONG, options);
}

/** Runs the command with a pipe of a page that does not wait, and reads once it is full. */
const SLOW_READER = `
import array, fcntl, os, subprocess, sys, termios, time
end, start = os.pipe()
fcntl.fcntl(start, 1031, 4096)
os.set_blocking(start, False)
child = subprocess.Popen(sys.argv[1:], stdout=start)
os.close(start)
unread = array.array("i", [0])
while unread[0] < 4096 and child.poll() is None:
    time.sleep(0.01)
    fcntl.ioctl(end, termios.FIONREAD, unread)
with os.fdopen(end, "rb") as pipe:
    sys.stdout.buffer.write(pipe.read())
sys.exit(child.wait())
`;

describe("an answer", () => {
  it("is whole in a file", () => {
    const file = join(temporaryFolder(), "answer");
    const stdio = ["ignore", openSync(file, "w"), "pipe"] as const;
    const run = spawnSync(process.execPath, LONG, {
      cwd: market,
      env: isolated(),
      stdio: [...stdio],
    });
    expect([run.status, run.stderr.toString()]).toEqual([0, ""]);
    expect(readFileSync(file, "utf8")).toBe(answer());
  });

  it.runIf(process.platform === "linux")("is whole in a pipe that does not wait", () => {
    const whole = answer();
    expect(whole.length).toBeGreaterThan(4096);
    const args = ["-c", SLOW_READER, process.execPath, ...LONG];
    const run = spawnSync("python3", args, { cwd: market, env: isolated(), encoding: "utf8" });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toBe(whole);
  });
});
