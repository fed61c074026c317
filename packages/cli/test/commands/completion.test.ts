import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/commands.js";
import { SHELL_SCRIPTS, type Shell } from "../../src/completion/shell-scripts.js";
import { splitLine } from "../../src/completion/split-line.js";
import { isolated, market, ouverture, temporaryFolder } from "../command.js";

/** What may come at the end of a line: its kind, and the values. */
async function complete(line: string, shell = "fish", environment = isolated()): Promise<string[]> {
  const args = ["completion", shell, "--line", line];
  const { status, stdout, stderr } = await ouverture(market, args, { environment });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout
    .trimEnd()
    .split("\n")
    .map((text) => text.split("\t")[0] ?? "");
}

describe("the answer to a line", () => {
  it("has every command, and what it does", async () => {
    const [kind, ...names] = await complete("ouverture ");
    expect(kind).toBe("values");
    expect(names).toEqual([...COMMANDS.map(({ name }) => name), "help"]);
    const { stdout } = await ouverture(market, ["completion", "zsh", "--line", "ouverture who"]);
    expect(stdout).toBe(
      `values\nwhoami\t${COMMANDS.find(({ name }) => name === "whoami")?.summary}\n`,
    );
  });

  it.each<[string, string[]]>([
    ["ouverture ver", ["values", "verify"]],
    ["ouverture help who", ["values", "whoami"]],
    ["ouverture verify --fo", ["values", "--format"]],
    ["ouverture verify --format ", ["values", "terminal", "json", "sarif", "github"]],
    ["ouverture verify --format=j", ["values", "--format=json"]],
    ["ouverture verify --quiet --q", ["values"]],
    ["ouverture verify --quiet ", ["files"]],
    ["ouverture verify -- --q", ["files"]],
    ["ouverture verify a b ", ["files"]],
    ["ouverture get a b ", ["values"]],
    ["ouverture whoami l", ["values", "language"]],
    ["ouverture init --language eng fr", ["values", "fra", "fry"]],
    ["ouverture init --language eng --rep", ["values", "--repo"]],
    ["ouverture publish ", ["files"]],
    ["ouverture publish 1a10", ["files", "1a10a1ae3d69"]],
    ["ouverture refactor 1a10 e9c4", ["values", "e9c4b997761b"]],
    ["ouverture search x --lang zu", ["values", "zul"]],
    ["ouverture search x -l zu", ["values", "zul"]],
    ["ouverture list --author a", ["values"]],
    ["ouverture completion ", ["values", "bash", "zsh", "fish"]],
    ["ouverture completion zsh --li", ["values"]],
    [
      "ouverture nope ",
      (["values"] as string[]).concat(
        COMMANDS.map(({ name }) => name),
        "help",
      ),
    ],
  ])("%s", async (line, expected) => {
    expect(await complete(line)).toEqual(expected);
  });

  it("has the functions of the pools, by their first digits", async () => {
    const { stdout } = await ouverture(market, [
      "completion",
      "fish",
      "--line",
      "ouverture get 1a10",
    ]);
    expect(stdout).toBe("values\n1a10a1ae3d69\tdiscounted_total\n");
    expect(await complete("ouverture get object_1a10")).toEqual(["values", "1a10a1ae3d69"]);
    expect(await complete("ouverture get 1a1")).toEqual(["values"]);
    expect(await complete("ouverture get 1a10@")).toEqual(["values", "1a10@eng", "1a10@spa"]);
    expect(await complete("ouverture get 1a10@", "bash")).toEqual(["values", "eng", "spa"]);
  });

  it("has the user's languages first, and the registries", async () => {
    const environment = isolated();
    mkdirSync(join(environment.HOME ?? "", ".ouverture"));
    writeFileSync(
      join(environment.HOME ?? "", ".ouverture", "config.yaml"),
      "user: { languages: [tlh, fra] }\nregistries: [{ name: company, url: file:///x }]\n",
    );
    const [, ...languages] = await complete("ouverture add mean.py@", "bash", environment);
    expect(languages.slice(0, 2)).toEqual(["tlh", "fra"]);
    expect(languages).toContain("zho");
    expect(await complete("ouverture remote pull c", "fish", environment)).toEqual([
      "values",
      "company",
    ]);
  });
});

describe("splitLine", () => {
  it.each([
    ["", [""]],
    ["a b", ["a", "b"]],
    ["  a   b ", ["a", "b", ""]],
    ["a 'b c' d", ["a", "b c", "d"]],
    ['a "b \\" c"d', ["a", 'b " cd']],
    ["a b\\ c", ["a", "b c"]],
    ["a 'b c", ["a", "b c"]],
    ['a "b c', ["a", "b c"]],
    ["a ''", ["a", ""]],
    ["a \\", ["a", ""]],
  ])("parts %j", (line, words) => {
    expect(splitLine(line)).toEqual(words);
  });
});

/** A folder with the command, as an installation would have it. */
function installed(): string {
  const bin = temporaryFolder();
  const command = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
  const start = `'${process.execPath}' --conditions=@ouverture/source --import '${import.meta.resolve("tsx")}'`;
  writeFileSync(join(bin, "ouverture"), `#!/bin/sh\nexec ${start} '${command}' "$@"\n`);
  chmodSync(join(bin, "ouverture"), 0o755);
  return bin;
}

/** How each shell is asked for what comes next, without somebody who types. */
const ASK: Readonly<
  Record<Shell, { args: (script: string, lines: readonly string[]) => string[] }>
> = {
  bash: {
    args: (script, lines) => [
      "--norc",
      "-c",
      `source '${script}'; for COMP_LINE in ${quoted(lines)}; do COMP_POINT=\${#COMP_LINE}; _ouverture; echo "\${COMPREPLY[@]}"; done`,
    ],
  },
  zsh: {
    args: (script, lines) => [
      "-fc",
      `compdef() {}; _describe() { print -r -- \${\${(P)2}%%:*} }; _files() { print files }; source '${script}';
       for line in ${quoted(lines)}; do words=("\${(@z)line}"); [[ $line == *' ' ]] && words+=(''); CURRENT=$#words; _ouverture; done`,
    ],
  },
  fish: {
    args: (script, lines) => [
      "--no-config",
      "-c",
      `source '${script}'; for line in ${quoted(lines)}; echo (complete -C "$line" | string split -f1 \\t); end`,
    ],
  },
};

function quoted(lines: readonly string[]): string {
  return lines.map((line) => `'${line}'`).join(" ");
}

describe.each(["bash", "zsh", "fish"] as const)("%s", (shell) => {
  const isThere = spawnSync(shell, ["--version"]).status === 0;

  it("is given its script, which says how to install it", async () => {
    const { stdout } = await ouverture(market, ["completion", shell]);
    expect(stdout).toBe(SHELL_SCRIPTS[shell]);
    expect(stdout).toContain(`ouverture completion ${shell}`);
    const { script } = JSON.parse(
      (await ouverture(market, ["completion", shell, "--json"])).stdout,
    );
    expect(script).toBe(stdout);
  });

  it.skipIf(!isThere)("completes commands, options, hashes and files", () => {
    const script = join(temporaryFolder(), "script");
    writeFileSync(script, SHELL_SCRIPTS[shell]);
    const environment = { ...isolated(), PATH: `${installed()}${delimiter}${process.env.PATH}` };
    const lines = [
      "ouverture who",
      "ouverture verify --fo",
      "ouverture get 1a10",
      "ouverture verify shop/rep",
    ];
    const answer = execFileSync(shell, ASK[shell].args(script, lines), {
      cwd: market,
      env: environment,
      encoding: "utf8",
    });
    // Files bash completes by itself, where there is no answer.
    const file = { bash: "", zsh: "files", fish: "shop/report.py" }[shell];
    expect(answer.trimEnd().split("\n").concat("").slice(0, 4)).toEqual([
      "whoami",
      "--format",
      "1a10a1ae3d69",
      file,
    ]);
  });
});
