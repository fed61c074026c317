import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyRepository, git, precommit, temporaryFolder, write } from "../repository.js";

/** Every file of the working tree and of the hooks, with its content and its permissions. */
function filesOf(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !/^\.git(?:\/(?!hooks\/).*)?$/.test(path) && !path.endsWith(".sample"))
    .filter((path) => statSync(join(root, path)).isFile());
  return Object.fromEntries(
    paths.map((path) => {
      const { mode } = statSync(join(root, path));
      return [
        path,
        `${(mode & 0o111) !== 0 ? "x" : "-"} ${readFileSync(join(root, path), "utf8")}`,
      ];
    }),
  );
}

function project(files: Readonly<Record<string, string>>): string {
  const root = emptyRepository();
  write(root, files);
  return root;
}

const MANIFEST = `${JSON.stringify(
  {
    name: "shop",
    scripts: { test: "vitest" },
    devDependencies: { husky: "^9.0.0", "@ouverture/precommit": "^1.0.0" },
  },
  null,
  2,
)}\n`;
const withMembers = (members: object, indent: string | number = 2) =>
  `${JSON.stringify({ ...JSON.parse(MANIFEST), ...members }, null, indent)}\n`;

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly options?: readonly string[];
  /** The files that are changed, and what is to be in each. */
  readonly changed: Readonly<Record<string, RegExp>>;
  /** What people are told to do. */
  readonly says?: RegExp;
  readonly status?: number;
  readonly hooksPath?: string;
}

const CHECK = /npx --no-install ouverture-precommit \|\| exit \$\?/;
const HOOKS = { ".husky/pre-commit": CHECK, ".husky/pre-merge-commit": CHECK };
const PREPARE = /"prepare": "husky \|\| exit 0"/;

const CASES: readonly Case[] = [
  {
    name: "a project",
    files: { "package.json": MANIFEST },
    changed: { ...HOOKS, "package.json": PREPARE },
  },
  {
    name: "a project with tabs and no scripts",
    files: { "package.json": '{\n\t"name": "shop",\n\t"private": true\n}' },
    changed: {
      ...HOOKS,
      "package.json":
        /\{\n\t"name": "shop",\n\t"private": true,\n\t"scripts": \{\n\t\t"prepare": "husky \|\| exit 0"\n\t\}\n\}$/,
    },
    says: /npm install --save-dev husky @ouverture\/precommit/,
  },
  {
    name: "a project that prepares something else",
    files: {
      "package.json": withMembers({ scripts: { prepare: "npm run b\\u0075ild" } }).replace(
        "\\\\",
        "\\",
      ),
    },
    changed: {
      ...HOOKS,
      "package.json": /"prepare": "npm run b\\u0075ild && \(husky \|\| exit 0\)"/,
    },
  },
  {
    name: "a project that has husky",
    files: {
      "package.json": withMembers({ scripts: { prepare: "husky" } }),
      ".husky/pre-commit": "npm test\nnpx lint-staged",
      ".husky/commit-msg": "true\n",
    },
    hooksPath: ".husky/_",
    changed: { ...HOOKS, ".husky/pre-commit": /^- npm test\nnpx lint-staged\n# >>>/ },
  },
  {
    name: "a hook that ends early",
    files: { "package.json": MANIFEST, ".husky/pre-commit": "npm test\nexit 0\n" },
    changed: { "package.json": PREPARE, ".husky/pre-merge-commit": CHECK },
    says: /! \.husky\/pre-commit is for you to change: .*\n {4}if \[ -x node_modules/,
    status: 1,
  },
  {
    name: "a package.json with comments",
    files: { "package.json": '{ // mine\n  "name": "x" }\n' },
    changed: HOOKS,
    says: /! package\.json is for you to change: .*\n {4}"prepare": "husky/,
    status: 1,
  },
  {
    name: "lint-staged without a configuration",
    files: { "package.json": MANIFEST },
    options: ["--lint-staged"],
    changed: {
      "package.json": PREPARE,
      "lint-staged.config.mjs": /"\*\*\/\*": \(\) => "ouverture-precommit"/,
      ".husky/pre-commit":
        /npx --no-install lint-staged \|\| exit \$\?\nif ! git diff --cached .*--diff-filter=DT; then\n/,
      ".husky/pre-merge-commit": CHECK,
    },
    says: /Next: npm install --save-dev lint-staged/,
  },
  {
    name: "lint-staged in package.json",
    files: { "package.json": withMembers({ "lint-staged": { "*.py": "ruff check" } }, 4) },
    options: ["--lint-staged"],
    changed: {
      "package.json":
        /"lint-staged": \{\n {8}"\*\.py": "ruff check",\n {8}"\*\*\/\*": "ouverture-precommit staged"\n {4}\}/,
      ".husky/pre-commit": /lint-staged/,
      ".husky/pre-merge-commit": CHECK,
    },
  },
  ...[".lintstagedrc", ".lintstagedrc.json"].map((path) => ({
    name: `lint-staged in ${path} as JSON`,
    files: {
      "package.json": withMembers({ scripts: { prepare: "husky" } }),
      [path]: '{"*.py":["ruff check"]}',
      ".husky/pre-commit": "npx lint-staged\n",
    },
    options: ["--lint-staged"],
    changed: {
      [path]: /^- \{"\*\.py":\["ruff check"\],"\*\*\/\*":"ouverture-precommit staged"\}$/,
      ".husky/pre-commit": /^- npx lint-staged\n\n# >>>.*\nif ! git diff --cached/,
      ".husky/pre-merge-commit": CHECK,
    },
  })),
  ...[
    [".lintstagedrc", '"*.py": ruff check\n', '"**/*": ouverture-precommit staged'],
    [".lintstagedrc.yaml", '"*.py": ruff check\n', '"**/*": ouverture-precommit staged'],
    ["package.yaml", 'lint-staged:\n  "*.py": ruff check\n', '"**/*": ouverture-precommit staged'],
    ["lint-staged.config.js", "export default {};\n", '"**/*": () => "ouverture-precommit",'],
    [".lintstagedrc.cjs", "module.exports = {};\n", '"**/*": () => "ouverture-precommit",'],
    ["lint-staged.config.mts", "export default {};\n", '"**/*": () => "ouverture-precommit",'],
  ].map(([path = "", text = "", line = ""]) => ({
    name: `lint-staged in ${path}`,
    files: { "package.json": MANIFEST, [path]: text },
    options: ["--lint-staged"],
    changed: {
      "package.json": PREPARE,
      ".husky/pre-commit": /lint-staged/,
      ".husky/pre-merge-commit": CHECK,
    },
    says: new RegExp(`${path} is for you to change: .*\n {4}${line.replace(/[*.()"]/g, "\\$&")}`),
    status: 1,
  })),
  {
    name: "a project that uses lint-staged, without asking for it there",
    files: { "package.json": withMembers({ "lint-staged": { "*": "biome check" } }) },
    changed: { ...HOOKS, "package.json": PREPARE },
    says: /lint-staged is used here: the check stands after it/,
  },
  {
    name: "no husky",
    files: { "main.py": "" },
    options: ["--plain"],
    changed: {
      ".git/hooks/pre-commit": /^x #!\/bin\/sh\n# >>>/,
      ".git/hooks/pre-merge-commit": /^x #!\/bin\/sh\n# >>>/,
    },
    says: /each clone needs it/,
  },
  {
    name: "no husky, where core.hooksPath is set",
    files: { "scripts/hooks/pre-commit": "#!/bin/bash\nmake lint\n" },
    options: ["--plain"],
    hooksPath: "scripts/hooks",
    changed: {
      "scripts/hooks/pre-commit": /^- #!\/bin\/bash\nmake lint\n\n# >>>/,
      "scripts/hooks/pre-merge-commit": /^x #!\/bin\/sh\n# >>>/,
    },
  },
  {
    name: "a hook in another language",
    files: { ".git/hooks/pre-commit": "#!/usr/bin/env python3\n" },
    options: ["--plain"],
    changed: { ".git/hooks/pre-merge-commit": CHECK },
    says: /\.git\/hooks\/pre-commit is for you to change/,
    status: 1,
  },
  {
    name: "the pre-commit framework",
    files: { ".pre-commit-config.yaml": "repos: []\n" },
    changed: {},
    says: /- id: ouverture-verify\n[\s\S]*Then: pre-commit install/,
    status: 1,
  },
  {
    name: "the pre-commit framework, with the hook",
    files: { ".pre-commit-config.yaml": "repos: [{hooks: [{id: ouverture-verify}]}]\n" },
    changed: {},
    says: /Each commit is checked already/,
  },
  {
    name: "lefthook",
    files: { "lefthook.yml": "x: 1\n" },
    changed: {},
    says: /run: npx --no-install ouverture-precommit/,
    status: 1,
  },
];

describe("install", () => {
  it.each(CASES)(
    "in $name: changes that, nothing the second time, and uninstall takes it away",
    async ({ files, options = [], changed, says = /./, status = 0, hooksPath }) => {
      const root = project(files);
      if (hooksPath !== undefined) git(root, "config", "core.hooksPath", hooksPath);
      const before = filesOf(root);
      const shown = await precommit(root, ["install", "--dry-run", ...options]);
      expect(filesOf(root)).toEqual(before);
      expect(shown).toMatchObject({ status, stdout: expect.stringMatching(says), stderr: "" });
      const first = await precommit(root, ["install", "--yes", ...options]);
      expect(first).toMatchObject({ status, stderr: "" });
      const after = filesOf(root);
      const differing = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
        (path) => before[path] !== after[path],
      );
      expect(differing.sort()).toEqual(Object.keys(changed).sort());
      for (const [path, pattern] of Object.entries(changed)) {
        expect(after[path]).toMatch(pattern);
        expect(shown.stdout).toContain(path);
        expect(first.stdout).toContain(`✓ ${path} `);
      }
      expect((await precommit(root, ["install", "--yes", ...options])).status).toBe(status);
      expect(filesOf(root)).toEqual(after);
      const removed = await precommit(root, ["uninstall", "--yes"]);
      expect(removed).toMatchObject({ status: 0, stderr: "" });
      expect(filesOf(root)).toEqual(before);
      expect(existsSync(join(root, ".husky"))).toBe(
        Object.keys(files).some((path) => path.startsWith(".husky")),
      );
      expect((await precommit(root, ["uninstall"])).stdout).toMatch(/There is nothing here/);
    },
  );

  it("asks first, and takes no for an answer", async () => {
    const root = project({ "package.json": MANIFEST });
    const before = filesOf(root);
    const refused = await precommit(root, ["install"], { answer: false });
    expect(refused).toMatchObject({ status: 1, stdout: expect.stringMatching(/Nothing has been/) });
    expect(refused.stderr).toBe("Change package.json, .husky/pre-commit, .husky/pre-merge-commit?");
    expect(filesOf(root)).toEqual(before);
    expect(await precommit(root, ["install"])).toMatchObject({
      status: 2,
      stderr: "ouverture-precommit: There is no terminal to ask at. Give --yes, or --dry-run.\n",
    });
    expect(filesOf(root)).toEqual(before);
    expect((await precommit(root, ["install"], { answer: true })).status).toBe(0);
    expect(filesOf(root)).not.toEqual(before);
  });

  it("shows the difference of each file", async () => {
    const root = project({ "package.json": MANIFEST, ".husky/pre-commit": "npm test\n" });
    const { stdout } = await precommit(root, ["install", "--dry-run"]);
    // What it says is what patch does.
    const { status } = spawnSync("git", ["apply", "--no-index", "-"], {
      cwd: root,
      input: stdout.replace(/^Next:.*\n|^lint-staged.*\n/gm, ""),
    });
    const patched = filesOf(root);
    expect(status).toBe(0);
    expect((await precommit(root, ["install", "--yes"])).stdout).toMatch(/checked already/);
    expect(filesOf(root)).toEqual(patched);
  });

  it.each([
    ["no package.json", {}, [], /^ouverture-precommit: There is no package\.json here/],
    ["both ways", {}, ["--plain", "--lint-staged"], /--lint-staged is for projects with husky/],
  ])("says why it cannot: %s", async (_, files, options, says) => {
    const root = project(files);
    expect(await precommit(root, ["install", ...options])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(says),
    });
  });

  it("does not let husky take the place of another core.hooksPath", async () => {
    const root = project({ "package.json": MANIFEST });
    git(root, "config", "core.hooksPath", "scripts/hooks");
    expect(await precommit(root, ["install", "--yes"])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/core\.hooksPath is 'scripts\/hooks'/),
    });
  });

  it("writes no hook that is of all repositories of the user, or that a link leads to", async () => {
    const shared = temporaryFolder();
    const root = project({ "main.py": "" });
    git(root, "config", "core.hooksPath", shared);
    const outcome = await precommit(root, ["install", "--plain", "--yes"]);
    expect(outcome).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/for you to change/),
    });
    expect(readdirSync(shared)).toEqual([]);
    git(root, "config", "--unset", "core.hooksPath");
    write(shared, { mine: "#!/bin/sh\n" });
    symlinkSync(join(shared, "mine"), join(root, ".git/hooks/pre-commit"));
    expect((await precommit(root, ["install", "--plain", "--yes"])).status).toBe(1);
    expect(readFileSync(join(shared, "mine"), "utf8")).toBe("#!/bin/sh\n");
  });

  it("works from a folder below", async () => {
    const root = project({ "package.json": MANIFEST, "deep/down/main.py": "" });
    expect((await precommit(join(root, "deep/down"), ["install", "--yes"])).status).toBe(0);
    expect(existsSync(join(root, ".husky/pre-commit"))).toBe(true);
  });

  it("changes nothing where one of the files cannot be written", async () => {
    const root = project({ "package.json": MANIFEST, ".husky": "a file" });
    const before = filesOf(root);
    expect((await precommit(root, ["install", "--yes"])).status).toBe(2);
    expect(filesOf(root)).toEqual(before);
  });
});
