/** The Python files of the machine: the standard library of an interpreter and what is installed in it. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file as Python reads it, with the byte order mark that it may have. */
export interface LibraryFile {
  readonly path: string;
  readonly source: string;
}

/** Where `python` has its standard library and what is installed for it. */
const FOLDERS = `
import json, os, site, sysconfig
paths = sysconfig.get_paths()
folders = [paths["stdlib"], paths["platstdlib"], paths["purelib"], paths["platlib"]]
folders += site.getsitepackages() + [site.getusersitepackages()]
print(json.dumps(sorted({os.path.realpath(path) for path in folders if os.path.isdir(path)})))
`;

/** The paths of all `.py` files of `python`, in code point order, each once. */
export function libraryPaths(python = "python3"): readonly string[] {
  const run = spawnSync(python, ["-c", FOLDERS], { encoding: "utf8" });
  if (run.status !== 0) return [];
  const folders: string[] = JSON.parse(run.stdout);
  const paths = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".py"))
      .map((path) => join(folder, path)),
  );
  return [...new Set(paths)].sort();
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
