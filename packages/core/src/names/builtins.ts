/**
 * The names that need no binding (docs/normal-form.md, "Names"): what `dir(builtins)` of
 * CPython 3.9 to 3.14 gives on any platform, and the dunders of a module. Frozen:
 * another list would be another normal form.
 */

/** Whether `name` means something where nothing in the file binds it. */
export function isBuiltin(name: string): boolean {
  return NAMES.has(name);
}

/** The names of the list, in no particular order. */
export function builtinNames(): IterableIterator<string> {
  return NAMES.values();
}

/** These end in `Error`. */
const ERRORS = `
  Arithmetic Assertion Attribute BlockingIO BrokenPipe Buffer ChildProcess ConnectionAborted
  Connection ConnectionRefused ConnectionReset EOF Environment FileExists FileNotFound
  FloatingPoint IO Import Indentation Index Interrupted IsADirectory Key Lookup Memory
  ModuleNotFound Name NotADirectory NotImplemented OS Overflow Permission ProcessLookup
  PythonFinalization Recursion Reference Runtime Syntax System Tab Timeout Type UnboundLocal
  UnicodeDecode UnicodeEncode Unicode UnicodeTranslate Value Windows ZeroDivision
  _IncompleteInput`;

/** These end in `Warning`. */
const WARNINGS = `
  Bytes Deprecation Encoding Future Import PendingDeprecation Resource Runtime Syntax Unicode
  User`;

const OTHERS = `
  BaseException BaseExceptionGroup Ellipsis Exception ExceptionGroup False GeneratorExit
  KeyboardInterrupt None NotImplemented StopAsyncIteration StopIteration SystemExit True
  Warning __annotations__ __build_class__ __builtins__ __cached__ __class__
  __conditional_annotations__ __debug__ __dict__ __doc__ __file__ __import__ __loader__
  __name__ __package__ __path__ __spec__ abs aiter all anext any ascii bin bool breakpoint
  bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir
  divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash
  help hex id input int isinstance issubclass iter len license list locals map max memoryview
  min next object oct open ord pow print property quit range repr reversed round set setattr
  slice sorted staticmethod str sum super tuple type vars zip`;

const NAMES: ReadonlySet<string> = new Set([
  ...namesOf(ERRORS, "Error"),
  ...namesOf(WARNINGS, "Warning"),
  ...namesOf(OTHERS, ""),
]);

function namesOf(list: string, ending: string): string[] {
  return list
    .trim()
    .split(/\s+/)
    .map((name) => name + ending);
}
