import { chmodSync, existsSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkNode } from "../../src/doctor/check-programs.js";
import {
  emptyRepository,
  git,
  isolated,
  precommit,
  runProgram,
  temporaryFolder,
  write,
} from "../repository.js";

const workspace = fileURLToPath(new URL("../../../..", import.meta.url));
const CHECK = "npx --no-install ouverture-precommit || exit $?\n";

/** Makes the command to be found, as an installation does. */
function withCommand(root: string): void {
  write(root, { "node_modules/.bin/ouverture-precommit": "#!/bin/sh\n" }, 0o755);
}

/** What `doctor` says of one thing, and how it ends. */
async function doctor(
  root: string,
  environment: Readonly<Record<string, string | undefined>> = {},
) {
  const { status, stdout } = await precommit(root, ["doctor"], { environment });
  return { status, stdout };
}

function plainHooks(root: string): void {
  const text = `#!/bin/sh\n${CHECK}`;
  write(root, { ".git/hooks/pre-commit": text, ".git/hooks/pre-merge-commit": text }, 0o755);
}

/** Turns the real husky on. */
function husky(root: string): void {
  const { stdout } = runProgram(
    root,
    process.execPath,
    [join(workspace, "node_modules/husky/bin.js")],
    isolated(),
  );
  expect(stdout).toBe("");
}

describe("doctor", () => {
  it("finds nothing where all is well", async () => {
    const root = emptyRepository();
    withCommand(root);
    plainHooks(root);
    write(root, { ".github/workflows/check.yml": "- uses: ouverture/verify-action@v1\n" });
    const { status, stdout } = await doctor(root);
    expect(status).toBe(0);
    expect(stdout).toMatch(/✓ the hook pre-commit: \.git\/hooks\/pre-commit\n/);
    expect(stdout).toMatch(/✓ the check on GitHub: \.github\/workflows\/check\.yml\n/);
    expect(stdout).toMatch(/Each commit is checked here\.\n$/);
  });

  it("tells a hook that is missing, and says which command writes it", async () => {
    const root = emptyRepository();
    withCommand(root);
    const { status, stdout } = await doctor(root);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ the hook pre-commit: '\.git\/hooks\/pre-commit' is not there\n/);
    expect(stdout).toMatch(/! the hook pre-merge-commit/);
    expect(stdout).toMatch(/! the check on GitHub: no workflow makes it/);
    await precommit(root, ["install", "--plain", "--yes"]);
    expect((await doctor(root)).status).toBe(0);
  });

  it("tells a hook that does not check, and one that may not be run", async () => {
    const root = emptyRepository();
    withCommand(root);
    write(root, { ".git/hooks/pre-commit": "#!/bin/sh\nmake\n" }, 0o755);
    expect((await doctor(root)).stdout).toMatch(
      /✗ the hook pre-commit: .* does not make the check/,
    );
    plainHooks(root);
    chmodSync(join(root, ".git/hooks/pre-commit"), 0o644);
    const { status, stdout } = await doctor(root);
    expect(status).toBe(1);
    expect(stdout).toMatch(/may not be run.*\n {2}chmod \+x/);
  });

  it("tells a core.hooksPath that leads away from the hook that has the check", async () => {
    const root = emptyRepository();
    withCommand(root);
    plainHooks(root);
    git(root, "config", "core.hooksPath", "/usr/share/hooks");
    const { status, stdout } = await doctor(root);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /✗ the hook pre-commit: core\.hooksPath is '\/usr\/share\/hooks' \(in .*config\): git does not run '\.git\/hooks\/pre-commit'/,
    );
  });

  it("tells hooks of husky that is not on, or is on in another working tree alone", async () => {
    const root = emptyRepository();
    withCommand(root);
    write(root, { ".husky/pre-commit": CHECK, ".husky/pre-merge-commit": CHECK });
    expect((await doctor(root)).stdout).toMatch(
      /✗ the hook pre-commit: core\.hooksPath is not set: git does not run '\.husky\/pre-commit'/,
    );
    husky(root);
    expect(await doctor(root)).toMatchObject({ status: 0 });
    git(root, "add", "--", ".husky");
    git(root, "commit", "-q", "--no-verify", "-m", "x");
    const other = join(dirname(root), `${root.split("/").at(-1)}-other`);
    git(root, "worktree", "add", "-q", other);
    try {
      withCommand(other);
      const { status, stdout } = await doctor(other);
      expect(status).toBe(1);
      expect(stdout).toMatch(
        /✗ the hook pre-commit: git looks for hooks in '\.husky\/_'.*no hook is run/,
      );
      // What it says to do is what helps.
      husky(other);
      expect(await doctor(other)).toMatchObject({ status: 0 });
    } finally {
      git(root, "worktree", "remove", "--force", other);
    }
  });

  it.each([
    [{ HUSKY: "0" }, /✗ HUSKY: HUSKY=0 is set/],
    [{ SKIP: "flake8,ouverture-verify" }, /✗ SKIP: .* skips the check/],
  ])("tells %j", async (environment, says) => {
    const root = emptyRepository();
    withCommand(root);
    plainHooks(root);
    const { status, stdout } = await doctor(root, environment);
    expect(status).toBe(1);
    expect(stdout).toMatch(says);
  });

  it("tells husky's own file of settings that turns it off", async () => {
    const root = emptyRepository();
    withCommand(root);
    plainHooks(root);
    const home = temporaryFolder();
    write(home, { ".config/husky/init.sh": "export HUSKY=0\n" });
    expect((await doctor(root, { HOME: home })).stdout).toMatch(/init\.sh' sets HUSKY=0/);
  });

  it.skipIf(process.platform === "win32")(
    "tells whether a client with windows finds Node",
    async () => {
      const root = emptyRepository();
      withCommand(root);
      write(root, { ".husky/pre-commit": CHECK, ".husky/pre-merge-commit": CHECK });
      husky(root);
      const home = temporaryFolder();
      // What husky reads takes all programs away, as where Node is in a folder of its user.
      write(home, { ".config/husky/init.sh": "PATH=/nowhere\n" });
      const { stdout } = await doctor(root, { HOME: home });
      expect(stdout).toMatch(/! git clients with windows: they do not find Node/);
      const folder = /export PATH="(.*):\$PATH"/.exec(stdout)?.[1] ?? "";
      expect(existsSync(join(folder, "node"))).toBe(true);
      const bin = temporaryFolder();
      symlinkSync(process.execPath, join(bin, "node"));
      write(bin, { npx: "#!/bin/sh\n" }, 0o755);
      write(home, { ".config/husky/init.sh": `PATH=${bin}\n` });
      expect((await doctor(root, { HOME: home })).stdout).toMatch(/✓ git clients with windows/);
    },
  );

  it("tells a command that a hook would not find", async () => {
    const root = emptyRepository();
    plainHooks(root);
    const { status, stdout } = await doctor(root, { PATH: pathWithout("ouverture-precommit") });
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ the command: .*no commit would go through/);
  });

  it("tells a last commit that the hook would not have let through", async () => {
    const root = emptyRepository();
    withCommand(root);
    plainHooks(root);
    write(root, { "a.py": `from ouverture.pool import object_${"0".repeat(64)}\n` });
    git(root, "add", "a.py");
    git(root, "commit", "-q", "--no-verify", "-m", "x");
    // It is the commit that counts, and not what is there by now.
    write(root, { "a.py": "print(1)\n" });
    git(root, "add", "a.py");
    const { stdout } = await doctor(root);
    expect(stdout).toMatch(/! the last commit: the hook was skipped: [0-9a-f]{12} .*\(a\.py:1\)/);
    git(root, "commit", "-q", "--no-verify", "-m", "y");
    expect((await doctor(root)).stdout).toMatch(/✓ the last commit/);
  });

  it("knows the pre-commit framework and lefthook", async () => {
    const root = emptyRepository();
    withCommand(root);
    write(root, { ".pre-commit-config.yaml": "repos: []\n" });
    expect((await doctor(root)).stdout).toMatch(/has no 'ouverture-verify'/);
    write(root, { ".pre-commit-config.yaml": "repos: [{hooks: [{id: ouverture-verify}]}]\n" });
    expect((await doctor(root)).stdout).toMatch(/has not written it\n {2}pre-commit install\n/);
    const written = "#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\n";
    write(
      root,
      { ".git/hooks/pre-commit": written, ".git/hooks/pre-merge-commit": written },
      0o755,
    );
    expect(await doctor(root)).toMatchObject({ status: 0 });
    const other = emptyRepository();
    withCommand(other);
    write(other, { "lefthook.yml": "pre-commit:\n" });
    expect((await doctor(other)).stdout).toMatch(/lefthook has no 'ouverture-precommit'/);
    write(other, { "lefthook.yml": "run: npx --no-install ouverture-precommit\n" });
    expect((await doctor(other)).stdout).toMatch(/npx lefthook install/);
  });

  it("is of no use outside of a repository", async () => {
    expect(await precommit(temporaryFolder(), ["doctor"])).toMatchObject({
      status: 2,
      stderr: "ouverture-precommit: This is in no repository of git. Run it in one.\n",
    });
  });
});

describe("checkNode", () => {
  it.each([
    ["18.20.0", "bad"],
    ["20.18.9", "bad"],
    ["20.19.0", "good"],
    ["22.0.0", "good"],
    ["100.0.0", "good"],
  ])("%s: %s", (version, state) => {
    expect(checkNode(version).state).toBe(state);
  });
});

/** The PATH without the folders that have a program. */
function pathWithout(name: string): string {
  return (process.env.PATH ?? "")
    .split(":")
    .filter((folder) => !(existsSync(folder) && readdirSync(folder).includes(name)))
    .join(":");
}
