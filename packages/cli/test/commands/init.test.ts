import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { WORKFLOW } from "../../src/setup/workflow.js";
import { isolated, ouverture, type Surroundings, temporaryFolder } from "../command.js";

const home = () => isolated();

/** Every file below a folder, with its content; but git's own, and what can be made again. */
function filesOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .filter((path) => !/^\.(?:cache|git)[\\/](?!hooks[\\/]pre-(?:merge-)?commit$)/.test(path));
  return Object.fromEntries(
    paths
      .sort()
      .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path), "utf8")]),
  );
}

function git(root: string, ...args: string[]): void {
  execFileSync("git", args, { cwd: root, env: { ...isolated(), ...process.env } });
}

/** An empty repository. */
function repository(): string {
  const root = temporaryFolder();
  git(root, "init", "-q");
  return root;
}

describe("ouverture init", () => {
  const asked = (directory: string, args: string[], more: Surroundings) =>
    ouverture(directory, ["init", ...args], more);

  it("creates the pool and the configuration that its options say", async () => {
    const environment = home();
    const args = ["--username", "ada", "--email", "ada@example.com", "--language", "fra", "eng"];
    const first = await asked(temporaryFolder(), args, { environment });
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout.match(/created/g)).toHaveLength(2);
    const files = filesOf(environment.HOME ?? "");
    expect(files).toEqual({
      ".ouverture/config.yaml":
        "user:\n  username: ada\n  email: ada@example.com\n  languages: [fra, eng]\n",
    });
    expect(existsSync(join(environment.HOME ?? "", ".local", "ouverture"))).toBe(true);
    const second = await asked(temporaryFolder(), args, { environment });
    expect(second.stdout.match(/was there already/g)).toHaveLength(2);
    expect(filesOf(environment.HOME ?? "")).toEqual(files);
  });

  it("tells what is not set, and asks nobody where nobody is", async () => {
    const environment = home();
    const { status, stdout } = await asked(temporaryFolder(), [], { environment });
    expect(status).toBe(0);
    expect(stdout.match(/is not set: 'ouverture whoami /g)).toHaveLength(3);
    expect(filesOf(environment.HOME ?? "")).toEqual({});
  });

  it("answers in JSON", async () => {
    const environment = home();
    const pool = join(temporaryFolder(), "my pool");
    environment.OUVERTURE_DIRECTORY = pool;
    const { stdout } = await asked(temporaryFolder(), ["--json", "--username", "ada"], {
      environment,
    });
    expect(JSON.parse(stdout)).toEqual({
      pool: { path: pool, created: true },
      configuration: {
        path: join(environment.HOME ?? "", ".ouverture", "config.yaml"),
        created: true,
      },
      user: { username: "ada", email: null, languages: [] },
    });
  });

  it.each([
    [["--language", "fr"], "Did you mean 'fra' (French)?"],
    [["--email", "ada"], "email is no address."],
    [["--yes"], "--yes and --dry-run are for --repo."],
    [["--repo", "--username", "ada"], "cannot be used with"],
  ])("refuses %j", async (args, sentence) => {
    const environment = home();
    const { status, stderr } = await asked(temporaryFolder(), args, { environment });
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
    expect(filesOf(environment.HOME ?? "")).toEqual({});
  });
});

describe("ouverture init --repo", () => {
  const FILES = [
    ".git/hooks/pre-commit",
    ".git/hooks/pre-merge-commit",
    ".github/workflows/ouverture.yml",
    ".ouverture/config.yaml",
  ];
  const repo = (root: string, ...args: string[]) => ouverture(root, ["init", "--repo", ...args]);

  it("writes the folder, the hook and the workflow; and nothing the second time", async () => {
    const root = repository();
    const first = await repo(root, "--yes");
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout.match(/ written$/gm)).toHaveLength(4);
    const files = filesOf(root);
    expect(Object.keys(files)).toEqual(FILES);
    for (const name of ["pre-commit", "pre-merge-commit"]) {
      expect(files[`.git/hooks/${name}`]).toContain(
        "\nnpx --no-install ouverture verify --staged --offline --quiet || exit $?\n",
      );
    }
    if (process.platform !== "win32") {
      expect(statSync(join(root, ".git/hooks/pre-commit")).mode & 0o111).toBe(0o111);
    }
    // Nobody has to be asked when there is nothing to do.
    const second = await repo(root);
    expect(second).toMatchObject({ status: 0, stderr: "" });
    expect(second.stdout.match(/is there already$/gm)).toHaveLength(4);
    expect(filesOf(root)).toEqual(files);
  });

  it("changes nothing with --dry-run, and shows everything", async () => {
    const root = repository();
    const { status, stdout } = await repo(root, "--dry-run");
    expect(status).toBe(0);
    expect(filesOf(root)).toEqual({});
    for (const line of WORKFLOW.trimEnd().split("\n")) expect(stdout).toContain(line);
    const json = JSON.parse((await repo(root, "--dry-run", "--json")).stdout);
    expect(json.repository).toBe(root);
    expect(json.files.map((file: { action: string }) => file.action)).toEqual(
      Array(4).fill("would-write"),
    );
  });

  it("fails where nobody can be asked, and names the options", async () => {
    const root = repository();
    const { status, stdout, stderr } = await repo(root);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    for (const file of FILES) expect(stderr).toContain(file);
    expect(stderr).toContain("Give --yes to write them, or --dry-run to see them.");
    expect(filesOf(root)).toEqual({});
  });

  it("works from inside the repository, and without git", async () => {
    const root = repository();
    mkdirSync(join(root, "src/deep"), { recursive: true });
    expect((await repo(join(root, "src/deep"), "--yes")).stdout).toContain(
      "../../.ouverture/config.yaml",
    );
    expect(Object.keys(filesOf(root))).toEqual(FILES);
    const plain = temporaryFolder();
    expect((await repo(plain, "--yes")).status).toBe(0);
    expect(Object.keys(filesOf(plain))).toEqual(FILES.slice(2));
  });

  it("keeps a hook and a workflow of somebody else, and says what to add", async () => {
    const root = repository();
    const hook = join(root, ".git/hooks/pre-commit");
    const workflow = join(root, ".github/workflows/ouverture.yml");
    mkdirSync(join(root, ".git/hooks"), { recursive: true });
    mkdirSync(join(root, ".github/workflows"), { recursive: true });
    writeFileSync(hook, "#!/bin/sh\n# ouverture verify\nmake lint\n");
    chmodSync(hook, 0o755);
    writeFileSync(workflow, "name: other\n");
    const { status, stdout } = await repo(root, "--yes");
    expect(status).toBe(0);
    expect(stdout.match(/stays as it is; add to it:/g)).toHaveLength(2);
    expect(stdout).toContain(
      "    npx --no-install ouverture verify --staged --offline --quiet || exit $?\n",
    );
    expect(readFileSync(hook, "utf8")).toContain("make lint");
    expect(readFileSync(workflow, "utf8")).toBe("name: other\n");
    writeFileSync(hook, "#!/bin/sh\nmake lint && npx ouverture verify --all\n");
    expect((await repo(root, "--yes")).stdout).toContain(
      ".git/hooks/pre-commit is there already\n",
    );
  });

  it("finds the check in a workflow of another name", async () => {
    const root = repository();
    mkdirSync(join(root, ".github/workflows"), { recursive: true });
    writeFileSync(
      join(root, ".github/workflows/ci.yaml"),
      "      - uses: ouverture/verify-action@v1\n",
    );
    await repo(root, "--yes");
    expect(Object.keys(filesOf(root))).not.toContain(".github/workflows/ouverture.yml");
  });

  it.each([
    [".husky/_", ".husky/pre-commit"],
    ["scripts/hooks", "scripts/hooks/pre-commit"],
  ])("writes the hook where core.hooksPath %s has it", async (hooksPath, expected) => {
    const root = repository();
    git(root, "config", "core.hooksPath", hooksPath);
    await repo(root, "--yes");
    expect(Object.keys(filesOf(root))).toContain(expected);
  });

  it("writes no hook that is of all repositories of the user", async () => {
    const root = repository();
    const shared = temporaryFolder();
    git(root, "config", "core.hooksPath", shared);
    const { stdout } = await repo(root, "--yes");
    expect(stdout).toContain("stays as it is; add to it:");
    expect(readdirSync(shared)).toEqual([]);
  });

  it("leaves the configuration in pyproject.toml", async () => {
    const root = repository();
    writeFileSync(join(root, "pyproject.toml"), '[tool.ouverture.user]\nlanguages = ["fra"]\n');
    await repo(root, "--yes");
    expect(existsSync(join(root, ".ouverture"))).toBe(true);
    expect(existsSync(join(root, ".ouverture/config.yaml"))).toBe(false);
    expect((await ouverture(root, ["whoami", "language"])).stdout).toBe("fra\n");
  });

  it("writes a configuration that is valid with its comments taken off, too", async () => {
    const root = repository();
    await repo(root, "--yes");
    const file = join(root, ".ouverture/config.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/^# (?=user:|registries:| )/gm, ""));
    const { status, stdout } = await ouverture(root, ["whoami", "language"]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "eng fra\n" });
  });

  it("checks out as our own workflows do", () => {
    const own = new URL("../../../../.github/workflows/ci.yml", import.meta.url);
    const pinned = /actions\/checkout@[0-9a-f]{40} # v[0-9.]+/;
    const [ours] = pinned.exec(readFileSync(fileURLToPath(own), "utf8")) ?? [];
    expect(WORKFLOW).toContain(ours);
  });

  it("stops a commit that imports what is not there", async () => {
    const root = repository();
    await repo(root, "--yes");
    const hook = join(root, ".git/hooks/pre-commit");
    const bin = temporaryFolder();
    const script = join(bin, "npx");
    const command = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
    const tsx = import.meta.resolve("tsx");
    writeFileSync(
      script,
      `#!/bin/sh\nshift 2\nexec '${process.execPath}' --conditions=@ouverture/source --import '${tsx}' '${command}' "$@"\n`,
    );
    chmodSync(script, 0o755);
    const commit = () =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"], {
        cwd: root,
        env: { ...isolated(), PATH: `${bin}:${process.env.PATH}` },
        stdio: "pipe",
      });
    expect(existsSync(hook)).toBe(true);
    writeFileSync(join(root, "a.py"), `from ouverture.pool import object_${"0".repeat(64)}\n`);
    git(root, "add", "a.py");
    expect(commit).toThrow(/missing/);
    writeFileSync(join(root, "a.py"), "print(1)\n");
    git(root, "add", "a.py");
    expect(commit).not.toThrow();
  });
});
