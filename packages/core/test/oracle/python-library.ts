/** The Python files of the machine: the standard library of an interpreter and what is installed in it. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file as Python reads it, with the byte order mark that it may have. */
export interface LibraryFile {
  readonly path: string;
  readonly source: string;
}

/** The paths of all `.py` files below the library directory of `python`, in code point order. */
export function libraryPaths(python = "python3"): readonly string[] {
  const program = "import sysconfig; print(sysconfig.get_paths()['stdlib'])";
  const run = spawnSync(python, ["-c", program], { encoding: "utf8" });
  if (run.status !== 0) return [];
  const root = run.stdout.trim();
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py"))
    .sort()
    .map((path) => join(root, path));
}

/** Those of `paths` that are UTF-8. */
export function readLibrary(paths: Iterable<string>): readonly LibraryFile[] {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const files: LibraryFile[] = [];
  for (const path of paths) {
    try {
      files.push({ path, source: decoder.decode(readFileSync(path)) });
    } catch {
      // A test file of Python in another encoding, or a directory with that name.
    }
  }
  return files;
}
