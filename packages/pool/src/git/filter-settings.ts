/**
 * Filters (gitattributes(5), `filter`): programs that git's settings name, and that git runs
 * over a file of the working tree to compare it, where its time tells nothing.
 */
import type { GitRepository } from "./git-repository.js";

/**
 * Arguments before a command of git, with which it takes every file as its bytes are. `null`
 * where a filter has a name that cannot be said so.
 */
export async function withoutFilters(repository: GitRepository): Promise<string[] | null> {
  const output = await repository.askOr([
    ...["config", "--null", "--name-only"],
    ...["--get-regexp", "^filter\\..*\\.(clean|process|required)$"],
  ]);
  const names = (output?.toString() ?? "").split("\0").filter((name) => name !== "");
  // `-c` takes all before the first "=" for the name.
  if (names.some((name) => /[=\ufffd]/.test(name))) return null;
  // Without a program a filter does nothing, which is an error where it is required.
  const values = { clean: "", process: "", required: "false" };
  const drivers = new Set(names.map((name) => name.slice(0, name.lastIndexOf("."))));
  return [...drivers].flatMap((driver) =>
    Object.entries(values).flatMap(([key, value]) => ["-c", `${driver}.${key}=${value}`]),
  );
}
