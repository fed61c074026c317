/** Git as it is run: nothing of a caller's repository, no hooks, one protocol, no end without us. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { runGit as run } from "../../src/git/git-process.js";
import { openGitRepository } from "../../src/git/git-repository.js";
import { openWorkingTree } from "../../src/sources/working-tree.js";
import { hasGit, temporaryFolder, writeFiles } from "../folder.js";
import { expectStored } from "../store-suite-checks.js";
import { mean, recordOf, spread } from "../store-suite-records.js";
import {
  addTo,
  failureOf,
  makeRemote,
  openRegistry,
  runGit,
  useOwnGit,
} from "./git-remote-repository.js";

const isWindows = process.platform === "win32";

describe.runIf(hasGit)("git as it is run", () => {
  useOwnGit();

  /** Sets variables for one test. */
  function withEnvironment(variables: Readonly<Record<string, string>>): void {
    const before = Object.keys(variables).map((key) => [key, process.env[key]] as const);
    for (const [key, value] of Object.entries(variables)) vi.stubEnv(key, value);
    onTestFinished(() => {
      for (const [key, value] of before) vi.stubEnv(key, value);
    });
  }

  /** Git's settings of the user, for one test. */
  function withSettings(settings: Readonly<Record<string, string>>): void {
    const file = join(temporaryFolder(), "gitconfig");
    for (const [key, value] of Object.entries(settings)) {
      runGit(temporaryFolder(), "config", "--file", file, key, value);
    }
    withEnvironment({ GIT_CONFIG_GLOBAL: file });
  }

  function script(name: string, text: string): string {
    const folder = temporaryFolder();
    writeFiles(folder, { [name]: `#!/bin/sh\n${text}\n` });
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  }

  it("takes nothing from the hook that it runs in", async () => {
    const remote = makeRemote();
    const hooked = temporaryFolder();
    runGit(hooked, "init", "-q", ".");
    writeFiles(hooked, { "a.py": "x = 1" });
    runGit(hooked, "add", ".");
    withEnvironment({
      GIT_DIR: join(hooked, ".git"),
      GIT_WORK_TREE: hooked,
      GIT_INDEX_FILE: join(hooked, ".git", "index.lock"),
      GIT_OBJECT_DIRECTORY: join(hooked, ".git", "objects"),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: join(hooked, "alternates"),
      GIT_NAMESPACE: "x",
      GIT_PREFIX: "x/",
      GIT_SHALLOW_FILE: "/nowhere",
      GIT_CONFIG_PARAMETERS: "'core.bare'='nonsense'",
      GIT_DEFAULT_HASH: "sha256",
      GIT_TRACE: "1",
      GIT_LITERAL_PATHSPECS: "nonsense",
      GIT_AUTHOR_DATE: "1970-01-02T00:00:00Z",
      GIT_ALLOW_PROTOCOL: "ext",
    });
    const before = readFileSync(join(hooked, ".git", "index"));
    const store = openRegistry(remote);
    await addTo(store, recordOf({ eng: "def one():\n    return 1" }, ["b", "a"]));
    await addTo(store, mean);
    await expectStored(openRegistry(remote), mean);
    const folder = temporaryFolder();
    vi.stubEnv("GIT_DIR", undefined);
    vi.stubEnv("GIT_WORK_TREE", undefined);
    vi.stubEnv("GIT_INDEX_FILE", undefined);
    expect(await openGitRepository(folder)).toBeNull();
    const files = await openWorkingTree(hooked, await openGitRepository(hooked)).list();
    expect(files.map(({ path }) => path)).toEqual(["a.py"]);
    expect(readFileSync(join(hooked, ".git", "index"))).toEqual(before);
    for (const key of Object.keys(process.env)) {
      if (key.startsWith("GIT_") && !key.startsWith("GIT_CONFIG_")) vi.stubEnv(key, undefined);
    }
    vi.stubEnv("GIT_CONFIG_PARAMETERS", undefined);
    expect(runGit(remote, "rev-list", "--count", "main")).toBe("3\n");
    expect(runGit(remote, "log", "--format=%as", "main")).not.toContain("1970");
    expect(runGit(hooked, "count-objects")).toMatch(/^1 objects/);
  });

  it.skipIf(isWindows)("runs no hook and no program of the user's settings", async () => {
    const remote = makeRemote();
    // The hooks of a server on this machine are its own.
    runGit(remote, "config", "core.hooksPath", join(remote, "hooks"));
    const ran = join(temporaryFolder(), "ran");
    const hooks = temporaryFolder();
    for (const name of ["pre-push", "reference-transaction", "post-index-change", "pre-auto-gc"]) {
      writeFiles(hooks, { [name]: `#!/bin/sh\necho ${name} >> ${ran}\n` });
      chmodSync(join(hooks, name), 0o755);
    }
    const touch = script("touch", `echo "$0" >> ${ran}`);
    withSettings({ "core.hooksPath": hooks, "core.fsmonitor": touch, "push.gpgSign": "if-asked" });
    const store = openRegistry(remote);
    await addTo(store, mean);
    await addTo(store, spread);
    const repository = temporaryFolder();
    runGit(
      repository,
      "-c",
      "core.hooksPath=/dev/null",
      "-c",
      "core.fsmonitor=",
      "init",
      "-q",
      ".",
    );
    await openWorkingTree(repository, await openGitRepository(repository)).list();
    expect(existsSync(ran)).toBe(false);
  });

  it.skipIf(isWindows)("uses the protocol of the URL, and no other", async () => {
    const ran = join(temporaryFolder(), "ran");
    const remote = makeRemote();
    withSettings({
      [`url.ext::sh -c touch% ${ran}.insteadOf`]: `file://${remote}`,
      "protocol.allow": "always",
    });
    const { message } = await failureOf(openRegistry(remote).get(mean.object.hash));
    expect(message).toMatch(/"transport 'ext' not allowed"; .*insteadOf.*\.$/);
    expect(existsSync(ran)).toBe(false);
  });

  describe.skipIf(isWindows)("over ssh", () => {
    /** As ssh: runs the command that is for the host on this machine. */
    const SSH = `echo "$SSH_ASKPASS" "$@" >> "$0.log"\nfor last; do :; done\nexec sh -c "$last"`;

    it("asks nobody for a password", async () => {
      const remote = makeRemote();
      const ssh = script("ssh", SSH);
      withEnvironment({ GIT_SSH_COMMAND: `${ssh} -i key`, SSH_ASKPASS: "/nowhere" });
      const store = openRegistry(remote, { url: `git@host:${remote}` });
      await addTo(store, mean);
      await expectStored(store, mean);
      const lines = readFileSync(`${ssh}.log`, "utf8").split("\n").filter(Boolean);
      expect(lines.length).toBeGreaterThan(2);
      for (const line of lines) expect(line).toMatch(/^ -i key -oBatchMode=yes .*git@host git-/);
    });

    it("uses the ssh of git's settings", async () => {
      const remote = makeRemote();
      const ssh = script("ssh", SSH);
      withSettings({ "core.sshCommand": ssh });
      await addTo(openRegistry(remote, { url: `git+ssh://zoe@host:2222${remote}` }), mean);
      expect(readFileSync(`${ssh}.log`, "utf8")).toMatch(/-oBatchMode=yes .*-p 2222 zoe@host git-/);
    });

    it("leaves alone what is no ssh, but another program", async () => {
      const remote = makeRemote();
      const plink = script("plink", SSH);
      withEnvironment({ GIT_SSH: plink });
      await addTo(openRegistry(remote, { url: `git@host:${remote}` }), mean);
      expect(readFileSync(`${plink}.log`, "utf8")).not.toContain("BatchMode");
    });

    it("says what is wrong", async () => {
      const refused = script(
        "ssh",
        'echo "git@host: Permission denied (publickey)." >&2; exit 255',
      );
      withEnvironment({ GIT_SSH_COMMAND: refused });
      const store = openRegistry("", { url: "git@host:team/pool" });
      expect((await failureOf(store.get(mean.object.hash))).message).toBe(
        "The registry 'team' cannot be read: git says \"git@host: Permission denied (publickey).\"; give git credentials that are valid there: a credential helper (git help credentials) or an ssh key.",
      );
    });
  });

  it("says that there is no git", async () => {
    const store = openRegistry(makeRemote());
    withEnvironment({ PATH: temporaryFolder() });
    expect((await failureOf(store.get(mean.object.hash))).message).toBe(
      "The registry 'team' cannot be read: there is no program git; install git (git-scm.com).",
    );
    expect((await failureOf(addTo(store, mean))).message).toMatch(/install git/);
    expect(await openGitRepository(temporaryFolder())).toBeNull();
  });

  it.skipIf(isWindows)("ends what is silent, with all that it started", async () => {
    const pids = join(temporaryFolder(), "pids");
    const program = script("ssh", `echo $$ >> ${pids}\nsleep 1000 &\necho $! >> ${pids}\nwait`);
    withEnvironment({ GIT_SSH_COMMAND: program });
    const store = openRegistry("", { url: "git@host:team/pool", timeout: 300, retries: 0 });
    expect((await failureOf(store.get(mean.object.hash))).message).toMatch(/git got no answer/);
    await expectEnded(pids);
  });

  it.skipIf(isWindows)("ends what it started when it is ended itself", async () => {
    const publisher = fileURLToPath(new URL("git-publisher.ts", import.meta.url));
    const flags = ["--conditions=@ouverture/source", "--import", import.meta.resolve("tsx")];
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const pids = join(temporaryFolder(), "pids");
      const program = script("ssh", `echo $$ >> ${pids}\nsleep 1000 &\necho $! >> ${pids}\nwait`);
      const args = [...flags, publisher, "git@host:team/pool", temporaryFolder(), "1", "0"];
      const child = spawn(process.execPath, args, {
        env: { ...process.env, GIT_SSH_COMMAND: program },
        stdio: "ignore",
      });
      onTestFinished(() => {
        child.kill("SIGKILL");
      });
      while (!existsSync(pids) || readFileSync(pids, "utf8").split("\n").length < 3) await pause();
      child.kill(signal);
      expect(await once(child, "close")).toEqual([null, signal]);
      await expectEnded(pids);
    }
  });

  it("gives what git prints, and what it says", async () => {
    const directory = temporaryFolder();
    expect(await run(["version"], { directory })).toMatchObject({ status: 0, stderr: "" });
    const failed = await run(["no-such-command"], { directory, silence: 60_000 });
    expect(failed).toMatchObject({ status: 1, isSilent: false });
    expect(failed.stderr).toMatch(/is not a git command/);
    await expect(run(["version"], { directory: join(directory, "none") })).rejects.toThrow();
  });

  /** Waits until the processes whose numbers are in a file have ended. */
  async function expectEnded(pids: string): Promise<void> {
    onTestFinished(() => {
      for (const pid of readFileSync(pids, "utf8").trim().split("\n")) endQuietly(Number(pid));
    });
    for (const pid of readFileSync(pids, "utf8").trim().split("\n")) {
      while (isRunning(Number(pid))) await pause();
    }
  }
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that nobody has waited for yet.
  const stat = `/proc/${pid}/stat`;
  return !(existsSync(stat) && /\) Z /.test(readFileSync(stat, "utf8")));
}

function endQuietly(pid: number): void {
  if (isRunning(pid)) process.kill(pid, "SIGKILL");
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
