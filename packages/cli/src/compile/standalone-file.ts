/**
 * One file of Python with a function and all that it imports (decisions/0033). Each keeps its own
 * namespace, as in the pool: so nothing is renamed, and no import or global of one reaches another.
 */
import type { Reading } from "./choose-readings.js";

/** Writes the file. `readings` stand what is imported first; the last is the function itself. */
export function writeStandaloneFile(readings: readonly Reading[]): string {
  const root = readings.at(-1);
  if (root === undefined) return "";
  const names = new Map(readings.map((reading, index) => [reading, variableOf(reading, index)]));
  const definitions = readings.map((reading) => {
    const imports = [...reading.imports].map(
      ([alias, one]) => `${quote(alias)}: ${names.get(one)}`,
    );
    return [
      `${names.get(reading)} = _define(`,
      `    ${quote(reading.name)},`,
      `    ${quote(`<ouverture ${reading.hash.slice(0, SHOWN_DIGITS)}@${reading.language}>`)},`,
      `    {${imports.join(", ")}},`,
      `    ${quoteText(withoutPoolImports(reading.text))},`,
      ")",
    ].join("\n");
  });
  const head = HEAD.replace("FUNCTION", `${root.name} ${root.hash}@${root.language}`);
  const variable = names.get(root);
  const run = `if __name__ == "__main__":\n    _main(${variable})`;
  // Last, because it may be called as anything above is.
  const parts = [head, ...definitions, run, `${root.name} = ${variable}`];
  return parts.join("\n\n").concat("\n");
}

const SHOWN_DIGITS = 12;

/** No name of the file but the function's own can be one that somebody has given. */
function variableOf({ hash }: Reading, index: number): string {
  return `_object_${index}_${hash.slice(0, SHOWN_DIGITS)}`;
}

const HEAD = `# Made by 'ouverture compile' from a function of the pool:
# FUNCTION
# It needs nothing of the pool. Each function below has a namespace of its own, which is why its
# text stands in a string.
import ast as _ast
import linecache as _linecache
import sys as _sys


def _define(name, filename, imported, text):
    namespace = {"__name__": __name__, **imported}
    _linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    exec(compile(text, filename, "exec", dont_inherit=True), namespace)
    return namespace[name]


def _main(function):
    def read(text):
        try:
            return _ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return text

    result = function(*map(read, _sys.argv[1:]))
    if hasattr(result, "cr_await"):
        import asyncio

        result = asyncio.run(result)
    print(repr(result))`;

/** Leaves a remark in the place of the import, so that lines keep their numbers. */
function withoutPoolImports(text: string): string {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !/^(?:from|import) /.test(line));
  return lines
    .map((line, index) => {
      const names = index < end ? /^from ouverture\.pool import (.*)$/.exec(line)?.[1] : undefined;
      return names === undefined ? line : `# imported from the pool: ${names}`;
    })
    .join("\n")
    .concat("\n");
}

/** As Python reads it as well: JSON has no escape that Python has not. */
function quote(text: string): string {
  return JSON.stringify(text);
}

/** As it is between three quotes, where it can stand there. */
function quoteText(text: string): string {
  return text.includes("'''") ? quote(text) : `r'''\n${text}'''[1:]`;
}
