/** From a repository as it is to what has to be changed, so that each commit is checked. */
import { join, relative, sep } from "node:path";
import { addHookLines, type Hook, type HookLines, removeHookLines } from "@ouverture/pool";
import { fail } from "../failure.js";
import { ownVersion } from "../version.js";
import { addEntry, entryLine, NEW_LINT_STAGED } from "./lint-staged.js";
import type { ByHand, FileChange, Plan } from "./plan.js";
import { addPrepare, PREPARE_LINE } from "./prepare-script.js";
import { HUSKY_HOOKS_PATH, type RepositoryState } from "./repository-state.js";

export interface InstallOptions {
  /** Into the hooks that git itself runs, without husky. */
  readonly plain: boolean;
  /** Into the configuration of lint-staged. */
  readonly lintStaged: boolean;
}

/** Plans the installation. Where it has been done, nothing changes. Throws a `Failure`. */
export function planInstall(state: RepositoryState, options: InstallOptions): Plan {
  if (options.plain && options.lintStaged) {
    fail("--lint-staged is for projects with husky.", "Leave out --plain, or --lint-staged.");
  }
  if (state.manager !== null) return planManaged(state);
  return options.plain ? planPlain(state) : planHusky(state, options.lintStaged);
}

/** npx takes longer to start than the check: it is asked only where the command is elsewhere. */
const CHECK: HookLines = [
  "if [ -x node_modules/.bin/ouverture-precommit ]; then",
  "  node_modules/.bin/ouverture-precommit || exit $?",
  "else",
  "  npx --no-install ouverture-precommit || exit $?",
  "fi",
];
const LINT = "npx --no-install lint-staged || exit $?";
/** lint-staged does nothing where all that is staged is deleted, or has become something else. */
const CHECK_DELETIONS: HookLines = [
  "if ! git diff --cached --quiet --no-renames --diff-filter=DT; then",
  ...CHECK.map((line) => `  ${line}`),
  "fi",
];

// --- husky ---------------------------------------------------------------------

function planHusky(state: RepositoryState, inLintStaged: boolean): Plan {
  const { manifest, hooksPath, huskyHooks, lintStaged } = state;
  if (manifest === null) fail("There is no package.json here, which husky needs.", WITHOUT_HUSKY);
  if (hooksPath !== null && !hooksPath.endsWith(HUSKY_HOOKS_PATH)) {
    fail(
      `core.hooksPath is '${hooksPath}': git runs the hooks there, and husky would take its place.`,
      "'ouverture-precommit install --plain' adds to the hook there.",
    );
  }
  const prepared = addPrepare(manifest);
  const plans = huskyHooks.map((hook) => planHook(state, hook, linesFor(hook, inLintStaged)));
  const entry = inLintStaged ? planEntry(state, prepared ?? manifest) : NOTHING;
  // The entry may be in package.json as well, and is then planned upon the script.
  const changesManifest = entry.changes.some(({ shown }) => shown === "package.json");
  const script: Plan =
    prepared === null
      ? byHand("package.json", "the script 'prepare' cannot be added surely.", [PREPARE_LINE])
      : changesManifest
        ? NOTHING
        : change(state, "package.json", manifest, prepared);
  const after = !inLintStaged && (lintStaged !== null || state.dependencies.has("lint-staged"));
  return merge(
    script,
    entry,
    ...plans,
    notes(...(after ? [AFTER_LINT_STAGED] : []), ...nextSteps(state, inLintStaged)),
  );
}

const WITHOUT_HUSKY =
  "'ouverture-precommit install --plain' writes the hook without husky; docs/pre-commit.md has " +
  "the way by the pre-commit framework.";
const AFTER_LINT_STAGED =
  "lint-staged is used here: the check stands after it, so that it sees what its tasks have made.";

function linesFor(hook: Hook, inLintStaged: boolean): HookLines {
  if (!inLintStaged || hook.name !== "pre-commit") return CHECK;
  const text = removeHookLines(hook.text ?? "") ?? "";
  const runsLintStaged = /^[^#\n]*\blint-staged\b/m.test(text);
  return runsLintStaged ? CHECK_DELETIONS : [LINT, ...CHECK_DELETIONS];
}

function planEntry(state: RepositoryState, manifest: string): Plan {
  const { lintStaged } = state;
  if (lintStaged === null) return change(state, NEW_LINT_STAGED.path, null, NEW_LINT_STAGED.text);
  const { path, kind, text: before } = lintStaged;
  const isManifest = path === "package.json";
  const after = addEntry(isManifest ? { ...lintStaged, text: manifest } : lintStaged);
  if (after === null) {
    return byHand(path, "the entry cannot be merged surely.", [entryLine(kind)]);
  }
  return change(state, path, before, after);
}

function nextSteps(state: RepositoryState, inLintStaged: boolean): string[] {
  const wanted = ["husky", "@ouverture/precommit", ...(inLintStaged ? ["lint-staged"] : [])];
  const lacking = wanted.filter((name) => !state.dependencies.has(name));
  if (lacking.length > 0) return [`Next: npm install --save-dev ${lacking.join(" ")}`];
  return state.hooksPath === null ? ["Next: npm install (it turns husky on in this clone)"] : [];
}

// --- without husky -------------------------------------------------------------

function planPlain(state: RepositoryState): Plan {
  const { gitHooks, dependencies } = state;
  if (gitHooks.length === 0) fail("git says of no folder that hooks are in it.", null);
  return merge(
    ...gitHooks.map((hook) => planHook(state, hook, CHECK)),
    notes(
      ...(dependencies.has("@ouverture/precommit")
        ? []
        : ["Next: npm install --save-dev @ouverture/precommit (or --global)"]),
      ...(state.hooksPath === null
        ? ["The hook is in .git, so that each clone needs it: others run this command, too."]
        : []),
    ),
  );
}

// --- with another program ------------------------------------------------------

/** It would write the hook again, and what stood there with it. */
function planManaged({ manager, managerText }: RepositoryState): Plan {
  if (managerText?.includes("ouverture")) return NOTHING;
  if (manager === "lefthook") {
    return byHand("lefthook.yml", "lefthook writes the hooks of this repository.", LEFTHOOK);
  }
  return byHand(
    ".pre-commit-config.yaml",
    "the pre-commit framework writes the hooks of this repository.",
    FRAMEWORK,
    ["Then: pre-commit install --hook-type pre-commit --hook-type pre-merge-commit"],
  );
}

/** Both as in docs/pre-commit.md. */
const LEFTHOOK = ["pre-commit", "pre-merge-commit"].flatMap((name) => [
  `${name}:`,
  "  commands:",
  "    ouverture:",
  "      run: npx --no-install ouverture-precommit",
]);
const FRAMEWORK = [
  "repos:",
  "  - repo: https://github.com/ouverture/pre-commit-hooks",
  `    rev: v${ownVersion()}`,
  "    hooks:",
  "      - id: ouverture-verify",
  "      - id: ouverture-verify-all",
];

// --- all of them ---------------------------------------------------------------

function planHook(state: RepositoryState, hook: Hook, lines: HookLines): Plan {
  const shown = shownPath(state.root, hook.path);
  if (!hook.isOwn) {
    return byHand(shown, "it is not a file of this repository alone.", lines);
  }
  const isOurs = hook.text?.includes("# >>> ouverture") === true;
  // Somebody has put the check there by hand.
  if (hook.verifies && !isOurs) return NOTHING;
  const after = addHookLines(hook.text, lines, hook.isOfHusky);
  if (after === null) {
    return byHand(shown, "what is in it may end before these lines are reached.", lines);
  }
  return change(state, shown, hook.text, after, 0o777, hook.path);
}

const NOTHING: Plan = { changes: [], byHand: [], notes: [] };

function change(
  { root }: RepositoryState,
  shown: string,
  before: string | null,
  after: string | null,
  mode = 0o666,
  path = join(root, shown),
): Plan {
  const one: FileChange = { path, shown, before, after, mode };
  return before === after ? NOTHING : { ...NOTHING, changes: [one] };
}

function byHand(shown: string, why: string, lines: readonly string[], more: string[] = []): Plan {
  const one: ByHand = { shown, why, lines };
  return { ...NOTHING, byHand: [one], notes: more };
}

function notes(...sentences: string[]): Plan {
  return { ...NOTHING, notes: sentences };
}

function merge(...plans: readonly Plan[]): Plan {
  return {
    changes: plans.flatMap(({ changes }) => changes),
    byHand: plans.flatMap((plan) => plan.byHand),
    notes: plans.flatMap((plan) => plan.notes),
  };
}

function shownPath(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}
