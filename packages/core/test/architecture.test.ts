/** The code map of ARCHITECTURE.md is true: what it names is there, and no folder goes unnamed. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

interface Room {
  /** `packages/core` */
  readonly home: string;
  /** Its folders and files, relative to `home`, with slashes. */
  readonly contents: readonly string[];
}

const rooms: readonly Room[] = readdirSync(join(root, "packages")).map((name) => ({
  home: `packages/${name}`,
  contents: readdirSync(join(root, "packages", name), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !/^(node_modules|dist|\.turbo)\b|__pycache__/.test(path)),
}));

const map = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
const sections = map.split(/^### /m);

/** The text about a package: its section of the code map. */
function sectionOf(home: string): string {
  return sections.find((section) => section.startsWith(`\`${home}\``)) ?? "";
}

describe("the code map", () => {
  it.each(rooms)("has a section for $home", ({ home }) => {
    expect(sectionOf(home)).not.toBe("");
  });

  it.each(rooms)("names every folder of the sources of $home", ({ home, contents }) => {
    const section = sectionOf(home);
    const folders = contents.filter((path) => /^src\/[^.]+$/.test(path));
    const unnamed = folders.filter((path) => !section.includes(`${path.split("/").at(-1)}/\``));
    expect(unnamed).toEqual([]);
  });

  it.each(rooms)("names only files of $home that are there", ({ home, contents }) => {
    const named = [...sectionOf(home).matchAll(/`([\w./-]+\.(?:ts|mjs|py))`/g)];
    const gone = named.flatMap(([, path = ""]) =>
      contents.some((file) => `/${file}`.endsWith(`/${path}`)) ? [] : [path],
    );
    expect(gone).toEqual([]);
  });

  it("names only folders and files of the repository that are there", () => {
    const rest = sections.at(-1)?.split("## Invariants")[0] ?? "";
    const named = [...rest.matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path = ""]) => path);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
