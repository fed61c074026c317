#!/usr/bin/env node
// CPython 3.14 as WebAssembly (the npm package `pyodide`), started as a program is:
//   python314.mjs [-W FILTER] [-c TEXT | FILE] [ARGS...]
// It has the files of this repository and of the folder for temporary ones. It has one process, with
// one thread.
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isatty } from "node:tty";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

// Read before it starts, which changes how the input can be read.
const input = isatty(0) ? Buffer.alloc(0) : readFileSync(0);
const repository = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
// It makes its home, and where one of our folders is to be there must be nothing.
const python = await loadPyodide({ env: { ...process.env, HOME: "/home/pyodide" } });
for (const folder of [repository, tmpdir()]) python.mountNodeFS(folder, folder);
for (const [set, stream] of [
  ["setStdout", process.stdout],
  ["setStderr", process.stderr],
]) {
  python[set]({
    write: (bytes) => {
      stream.write(Buffer.from(bytes));
      return bytes.length;
    },
  });
}
let read = 0;
python.setStdin({
  read: (buffer) => {
    const piece = input.subarray(read, read + buffer.length);
    buffer.set(piece);
    read += piece.length;
    return piece.length;
  },
});

const MAIN = `
import os, runpy, sys, traceback
folder, home, *arguments = given
os.chdir(folder)
os.environ["HOME"] = home
# PYTHONPATH was read before its folders were there.
sys.path_importer_cache.clear()

def main():
    while arguments[:1] == ["-W"]:
        import warnings
        warnings.simplefilter(arguments[1])
        del arguments[:2]
    try:
        if arguments[0] == "-c":
            sys.argv[:] = ["-c", *arguments[2:]]
            sys.path.insert(0, "")
            exec(compile(arguments[1], "<string>", "exec"), {"__name__": "__main__"})
        else:
            sys.argv[:] = arguments
            sys.path.insert(0, os.path.dirname(arguments[0]))
            runpy.run_path(arguments[0], run_name="__main__")
    except SystemExit as end:
        return end.code or 0
    except BaseException:
        traceback.print_exc()
        return 1
    return 0

status = main()
sys.stdout.flush()
sys.stderr.flush()
status
`;
const given = [process.cwd(), process.env.HOME ?? "/", ...process.argv.slice(2)];
process.exitCode = python.runPython(MAIN, { globals: python.toPy({ given }) });
