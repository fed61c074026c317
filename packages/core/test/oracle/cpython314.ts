/**
 * CPython 3.14 itself, as WebAssembly (the npm package `pyodide`): the oracle for
 * what no Python of the machine may know yet. It comes with its standard library.
 */
import { loadPyodide, type PyodideAPI } from "pyodide";

let loading: Promise<PyodideAPI> | null = null;

/** The interpreter; it starts once, and takes a few seconds. */
export function cpython314(): Promise<PyodideAPI> {
  loading ??= loadPyodide();
  return loading;
}

const ANSWER = `
import ast, io, json, sys, warnings, zipfile
warnings.simplefilter("ignore")
sys.setrecursionlimit(4000)

def answer(source):
    """What ast.parse makes of a text, or why it refuses."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return json.dumps({"message": error.msg, "line": error.lineno})
    return json.dumps({"dump": ast.dump(tree, show_empty=True), "print": ast.unparse(tree)})

def library():
    """The modules of the standard library that are UTF-8."""
    path = next(path for path in sys.path if path.endswith(".zip"))
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".py")]
        return json.dumps([[name, archive.read(name).decode()] for name in names])
`;

export type Answer =
  | { readonly dump: string; readonly print: string }
  | { readonly message: string; readonly line: number };

/** A function that says what CPython 3.14 makes of a text. */
export async function parserOf314(): Promise<(source: string) => Answer> {
  const python = await cpython314();
  python.runPython(ANSWER);
  const answer = python.globals.get("answer");
  return (source) => JSON.parse(answer(source));
}

/** The modules of CPython 3.14's standard library, by name. */
export async function standardLibrary314(): Promise<readonly (readonly [string, string])[]> {
  const python = await cpython314();
  python.runPython(ANSWER);
  return JSON.parse(python.runPython("library()"));
}
