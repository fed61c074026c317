/**
 * The check of a repository: the one call that the command, the Action and the hook make.
 * It reads, fetches what is missing, and writes nothing but what it fetched, to the user's
 * pool.
 */
import { resolve } from "node:path";
import type { Report } from "@ouverture/core";
import { openCheckedView } from "./verify/open-checked-view.js";
import { GIT_MILLISECONDS, type RepositoryOptions } from "./verify/repository-options.js";

/**
 * Verifies the pool imports of a repository. Throws a `ConfigurationError`, a `StoreError`
 * where a pool cannot be opened, and a `RepositoryError` where the repository cannot be
 * read; all else is in the report.
 */
export async function verifyRepository(options: RepositoryOptions): Promise<Report> {
  const { signal, content = "worktree", offline = false } = options;
  signal?.throwIfAborted();
  const root = resolve(options.root);
  const checked = await openCheckedView({
    ...options,
    root,
    content,
    offline,
    timeout: options.timeout ?? GIT_MILLISECONDS,
    head: headOf(options),
    isChange: options.changed !== undefined,
  });
  try {
    // Git may be looking for what is staged, while the rest of this program is loaded.
    const { verifyView } = await import("./verify/verify-view.js");
    return await verifyView(checked, root, options);
  } finally {
    await checked.view.close();
    signal?.throwIfAborted();
  }
}

function headOf({ content, commit, changed }: RepositoryOptions): string | undefined {
  if (content === "index") return undefined;
  return content === "commit" ? (commit ?? "HEAD") : changed?.head;
}
