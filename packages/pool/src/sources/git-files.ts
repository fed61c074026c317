/** The files that git tracks or does not ignore below a directory. */
import { runGit } from "../git/git-process.js";

/** A path relative to the directory, with `/`. A repository in a repository is not looked into. */
export interface GitFile {
  readonly path: string;
  readonly isRepository: boolean;
}

/** Asks git; `null` where there is no git, or `directory` is in no repository. */
export async function listGitFiles(directory: string): Promise<GitFile[] | null> {
  const [tracked, others] = await Promise.all([
    ask(directory, ["ls-files", "-z", "--stage"]),
    ask(directory, ["ls-files", "-z", "--others", "--exclude-standard"]),
  ]);
  if (tracked === null || others === null) return null;
  const files = new Map<string, GitFile>();
  for (const entry of entriesOf(tracked)) {
    const path = entry.slice(entry.indexOf("\t") + 1);
    files.set(path, { path, isRepository: entry.startsWith("160000 ") });
  }
  for (const path of entriesOf(others)) {
    const isRepository = path.endsWith("/");
    files.set(path, { path: isRepository ? path.slice(0, -1) : path, isRepository });
  }
  return [...files.values()];
}

function entriesOf(output: string): string[] {
  return output.split("\0").filter((entry) => entry !== "");
}

/** What git prints; `null` where there is no git, or it says no. */
async function ask(directory: string, args: readonly string[]): Promise<string | null> {
  try {
    const { status, stdout } = await runGit(args, { directory });
    return status === 0 ? stdout.toString("utf8") : null;
  } catch {
    return null;
  }
}
