/** The files that git tracks or does not ignore below a directory. */
import { spawn } from "node:child_process";

/** A path relative to the directory, with `/`. A repository in a repository is not looked into. */
export interface GitFile {
  readonly path: string;
  readonly isRepository: boolean;
}

/** Asks git; `null` where there is no git, or `directory` is in no repository. */
export async function listGitFiles(directory: string): Promise<GitFile[] | null> {
  const [tracked, others] = await Promise.all([
    runGit(directory, ["ls-files", "-z", "--stage"]),
    runGit(directory, ["ls-files", "-z", "--others", "--exclude-standard"]),
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

/** Runs git so that no setting of the repository makes it run something else, or write. */
function runGit(directory: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const git = spawn("git", ["-c", "core.fsmonitor=false", ...args], {
      cwd: directory,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const output: Buffer[] = [];
    git.stdout.on("data", (data: Buffer) => output.push(data));
    git.on("error", () => resolve(null));
    git.on("close", (status) => {
      resolve(status === 0 ? Buffer.concat(output).toString("utf8") : null);
    });
  });
}
