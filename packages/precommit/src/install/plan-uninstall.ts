/** From a repository as it is to one without what `install` wrote: just that, and nothing else. */
import { join, relative, sep } from "node:path";
import { removeHookLines } from "@ouverture/pool";
import { removeEntry } from "./lint-staged.js";
import type { FileChange, Plan } from "./plan.js";
import { removePrepare } from "./prepare-script.js";
import type { RepositoryState } from "./repository-state.js";

export function planUninstall(state: RepositoryState): Plan {
  const changes = [...planManifest(state), ...planLintStaged(state), ...planHooks(state)];
  return {
    changes: changes.filter(({ before, after }) => before !== after),
    byHand: [],
    notes: [],
  };
}

function planManifest({ root, manifest, lintStaged }: RepositoryState): FileChange[] {
  if (manifest === null) return [];
  const isInside = lintStaged?.path === "package.json";
  const without = isInside ? (removeEntry(lintStaged) ?? manifest) : manifest;
  return [fileChange(root, join(root, "package.json"), manifest, removePrepare(without))];
}

function planLintStaged({ root, lintStaged }: RepositoryState): FileChange[] {
  if (lintStaged === null || lintStaged.path === "package.json") return [];
  const { path, text } = lintStaged;
  return [fileChange(root, join(root, path), text, removeEntry(lintStaged))];
}

function planHooks({ root, huskyHooks, gitHooks }: RepositoryState): FileChange[] {
  const hooks = new Map([...huskyHooks, ...gitHooks].map((hook) => [hook.path, hook]));
  return [...hooks.values()].flatMap(({ path, text, isOwn }) =>
    text === null || !isOwn ? [] : [fileChange(root, path, text, removeHookLines(text))],
  );
}

function fileChange(root: string, path: string, before: string, after: string | null): FileChange {
  return { path, shown: relative(root, path).split(sep).join("/"), before, after, mode: 0o666 };
}
