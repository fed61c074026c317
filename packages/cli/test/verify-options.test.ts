/** What `ouverture verify` checks, and how it reports, by its options. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FINDING_CODES } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { copyOfMarket, isolated, market, ouverture, temporaryFolder } from "./command.js";

const absent = `from ouverture.pool import object_${"0".repeat(64)} as f\n`;
const LINE = "34 imports of 11 functions in 33 files: 11 verified, 0 skipped\n";

function git(root: string, ...args: string[]): void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
  const run = spawnSync("git", [...identity, ...args], {
    cwd: root,
    env: isolated(),
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stderr);
}

/** A copy of the example, committed on main, with a branch checked out. */
function committedMarket(): string {
  const root = copyOfMarket();
  git(root, "init", "-q", "-b", "main");
  git(root, "add", ".");
  git(root, "commit", "-qm", "all");
  git(root, "checkout", "-q", "-b", "change");
  return root;
}

describe("ouverture verify", () => {
  it("keeps what it has checked, but not with --no-cache", async () => {
    const home = temporaryFolder();
    const environment = { XDG_CACHE_HOME: join(home, "cache") };
    const kept = () => (existsSync(home) ? readdirSync(home, { recursive: true }) : []).length;
    const run = (...args: string[]) =>
      ouverture(market, ["verify", "-q", ...args], { environment });
    expect(await run("--no-cache")).toMatchObject({ status: 0, stdout: LINE });
    expect(kept()).toBe(0);
    expect(await run()).toMatchObject({ status: 0, stdout: LINE });
    expect(kept()).toBeGreaterThan(0);
    expect(await run("--no-cache")).toMatchObject({ status: 0, stdout: LINE });
  });

  it("checks what is staged, what has changed, or all", async () => {
    const root = committedMarket();
    writeFileSync(join(root, "new.py"), absent);
    const run = (...args: string[]) => ouverture(root, ["verify", "-q", ...args]);
    expect(await run("--staged")).toEqual({
      status: 0,
      stdout:
        "note: No file with an import of the pool has changed.\n\n" +
        "0 imports of 0 functions in 0 files: 0 verified, 0 skipped\n",
      stderr: "",
    });
    for (const args of [["--changed", "--base", "main"], ["--all"], []]) {
      expect(await run(...args)).toMatchObject({
        status: 1,
        stdout: expect.stringMatching(/^new\.py:1:28: error/),
      });
    }
    git(root, "add", ".");
    rmSync(join(root, "new.py"));
    expect((await run("--staged")).stdout).toMatch(/^new\.py:1:28: error/);
    // What is staged need not be on the disk.
    expect((await run("--staged", "new.py")).stdout).toMatch(/^new\.py:1:28: error/);
    git(root, "commit", "-qm", "new");
    const head = ["--changed", "--base", "main", "--head", "change"];
    git(root, "checkout", "-q", "main");
    expect((await run(...head)).stdout).toMatch(/^new\.py:1:28: error/);
    expect((await run("--changed", "--base", "nowhere", "--offline")).stdout).toMatch(
      /nowhere.*is not here: Nothing is fetched offline\.[\s\S]*Every import was checked/,
    );
  });

  it("checks several paths of a repository", async () => {
    const { stdout } = await ouverture(join(market, "shop"), [
      "verify",
      "-q",
      "catalogue.py",
      "../boutique",
    ]);
    expect(stdout).toMatch(/^4 imports of \d+ functions in 2 files: \d+ verified, 0 skipped\n$/);
  });

  it("writes a report to a file, whole, and shows it for people", async () => {
    const root = copyOfMarket();
    for (const format of ["json", "sarif", "github", "terminal"]) {
      const args = ["verify", "-q", "--format", format, "--output", `out.${format}`];
      expect(await ouverture(root, args)).toEqual({ status: 0, stdout: LINE, stderr: "" });
    }
    expect(JSON.parse(readFileSync(join(root, "out.json"), "utf8")).outcome).toBe("verified");
    expect(JSON.parse(readFileSync(join(root, "out.sarif"), "utf8")).version).toBe("2.1.0");
    expect(readFileSync(join(root, "out.terminal"), "utf8")).toBe(LINE);
    expect(readdirSync(root).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("leaves the file as it was where it cannot check, and where it is interrupted", async () => {
    const root = copyOfMarket();
    writeFileSync(join(root, "out"), "before");
    const args = ["verify", "--json", "--output", "out"];
    mkdirSync(join(root, ".ouverture"), { recursive: true });
    writeFileSync(join(root, ".ouverture/config.yaml"), "verify: 1\n");
    const failed = await ouverture(root, args);
    expect(failed.status).toBe(2);
    expect(JSON.parse(failed.stdout).error.message).toMatch(
      /config\.yaml, line 1: verify has to be/,
    );
    rmSync(join(root, ".ouverture/config.yaml"));
    const controller = new AbortController();
    controller.abort();
    const run = await ouverture(root, args, { signal: controller.signal });
    expect(run).toMatchObject({ status: 130, stdout: "" });
    expect(readFileSync(join(root, "out"), "utf8")).toBe("before");
    const nowhere = await ouverture(root, ["verify", "--output", "no/where"]);
    expect([nowhere.status, existsSync(join(root, "no"))]).toEqual([2, false]);
  });

  it("gives the formats of machines on its output", async () => {
    const root = copyOfMarket();
    writeFileSync(join(root, "new.py"), absent);
    const run = (format: string) => ouverture(root, ["verify", "-q", "--format", format]);
    const sarif = await run("sarif");
    expect(sarif.status).toBe(1);
    expect(JSON.parse(sarif.stdout).runs[0].results).toMatchObject([{ ruleId: "missing" }]);
    expect((await run("github")).stdout).toMatch(/^::error .*file=new\.py,/m);
    const json = await ouverture(root, ["verify", "--json"]);
    expect(JSON.parse(json.stdout).findings).toMatchObject([{ code: "missing" }]);
    expect(json.stdout).toBe((await run("json")).stdout);
  });

  it("fails, or passes, as it is told", async () => {
    const root = copyOfMarket();
    writeFileSync(join(root, "new.py"), absent);
    const run = async (...args: string[]) =>
      (await ouverture(root, ["verify", "-q", ...args])).status;
    expect(await run()).toBe(1);
    expect(await run("--allow-unfetched")).toBe(0);
    expect(await run("--allow-unfetched", "--fail-on", "warning")).toBe(1);
    rmSync(join(root, "new.py"));
    const denied = ["--policy", "filesystem=deny", "--policy", "network=deny"];
    expect(await run(...denied)).toBe(0);
    const empty = temporaryFolder();
    expect((await ouverture(empty, ["verify"])).status).toBe(2);
    expect((await ouverture(empty, ["verify", "--allow-empty"])).status).toBe(0);
  });

  it("says what it does, on a terminal alone", async () => {
    const root = copyOfMarket();
    let seconds = 0;
    const now = () => new Date(Date.UTC(2026, 5, 15) + 1000 * seconds++);
    const plain = await ouverture(root, ["verify", "-q"], { now });
    expect(plain.stderr).toBe("");
    const { stdout, stderr } = await ouverture(root, ["verify", "-q"], { isTerminal: true, now });
    expect(stderr).toContain("Verifying functions: 11 of 11");
    // The line is taken away before the report is written.
    expect(stderr.endsWith("\r\u001b[2K")).toBe(true);
    expect(stdout).toContain("11 verified");
  });

  it("explains each code, and lists all", async () => {
    const list = await ouverture(market, ["verify", "--explain"]);
    expect(list.status).toBe(0);
    for (const code of FINDING_CODES) {
      expect(list.stdout).toContain(code);
      const one = await ouverture(market, ["verify", "--explain", code]);
      expect(one.stdout).toMatch(
        new RegExp(`^${code}: .*\\n\\n[\\s\\S]*findings\\.md#${code}\\n$`),
      );
      for (const line of one.stdout.split("\n").slice(1, -2)) expect(line.length).toBeLessThan(100);
    }
    const json = await ouverture(market, ["verify", "--explain", "missing", "--json"]);
    expect(Object.keys(JSON.parse(json.stdout))).toEqual([
      "code",
      "title",
      "severity",
      "what",
      "why",
      "todo",
      "link",
    ]);
  });
});
