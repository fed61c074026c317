/** The configuration of lint-staged: where it is, and how the check is put into it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { addMember, findMember, type MemberPath, removeMember } from "./json-member.js";

export interface LintStaged {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  /** `json` can hold commands, which get the names of files; `script` functions as well. */
  readonly kind: "json" | "yaml" | "script";
  /** The way to the entry, where it is JSON. */
  readonly member: MemberPath;
}

/** The one that lint-staged takes: the first of these, in its own order. */
export function findLintStaged(root: string): LintStaged | null {
  for (const path of CONFIGURATIONS) {
    const file = join(root, path);
    if (!existsSync(file)) continue;
    const text = readFileSync(file, "utf8");
    if (path === "package.json") {
      if (findMember(text, ["lint-staged"]) === null) continue;
      return { path, text, kind: "json", member: ["lint-staged", ALL] };
    }
    if (path.startsWith("package.") && !/^["']?lint-staged["']?:/m.test(text)) continue;
    return { path, text, kind: kindOf(path, text), member: [ALL] };
  }
  return null;
}

/** Of lint-staged 16 (its configFiles.js). */
const CONFIGURATIONS = [
  "package.json",
  "package.yaml",
  "package.yml",
  ".lintstagedrc",
  ".lintstagedrc.json",
  ".lintstagedrc.yaml",
  ".lintstagedrc.yml",
  ".lintstagedrc.mjs",
  ".lintstagedrc.mts",
  ".lintstagedrc.js",
  ".lintstagedrc.ts",
  ".lintstagedrc.cjs",
  ".lintstagedrc.cts",
  "lint-staged.config.mjs",
  "lint-staged.config.mts",
  "lint-staged.config.js",
  "lint-staged.config.ts",
  "lint-staged.config.cjs",
  "lint-staged.config.cts",
];

/** Every file, so that a change of the pool alone is seen; a key that nobody else uses. */
const ALL = "**/*";
/** Takes the names of files that lint-staged puts after it, and needs none. */
const COMMAND = "ouverture-precommit staged";

function kindOf(path: string, text: string): LintStaged["kind"] {
  if (/\.[cm]?[jt]s$/.test(path)) return "script";
  if (path.endsWith(".json")) return "json";
  return path === ".lintstagedrc" && text.trimStart().startsWith("{") ? "json" : "yaml";
}

/** Where there is no configuration: one with a function, which gets no names of files. */
export const NEW_LINT_STAGED = {
  path: "lint-staged.config.mjs",
  text: `// Written by 'ouverture-precommit install --lint-staged'. A function, so that one run checks all
// that is staged, however many files that is.
export default { "${ALL}": () => "ouverture-precommit" };
`,
} as const;

/** Adds the entry; the text as it is where it is there; `null` where that is for people to do. */
export function addEntry({ kind, text, member }: LintStaged): string | null {
  if (text.includes("ouverture-precommit")) return text;
  return kind === "json" ? addMember(text, member, COMMAND) : null;
}

export function removeEntry({ kind, text, member, path }: LintStaged): string | null {
  if (path === NEW_LINT_STAGED.path && text === NEW_LINT_STAGED.text) return null;
  if (kind !== "json" || findMember(text, member)?.value !== COMMAND) return text;
  return removeMember(text, member);
}

/** The line that people add to a configuration of this kind. */
export function entryLine(kind: LintStaged["kind"]): string {
  if (kind === "script") return `"${ALL}": () => "ouverture-precommit",`;
  return kind === "yaml" ? `"${ALL}": ${COMMAND}` : `"${ALL}": "${COMMAND}",`;
}
