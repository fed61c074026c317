"""Python's own answers, for comparison: trees, dumps and printed text.

Reads JSON lines from standard input: first {"op": ...}, then one request a
line; writes one JSON line for each: the answer, or null where Python refuses.

A request is {"source": text} or {"path": file}; for "build", {"tree": tree}.
  tree     the syntax tree in the shape of src/syntax/ast.ts
  dump     ast.dump(tree), and ast.dump(tree, include_attributes=True) for "dump-attributes"
  unparse  ast.unparse of the module; for "unparse-parts" a list of it and of every
           top-level definition and class member
  build    ast.unparse of a tree given in the shape of src/syntax/ast.ts
"""

import ast
import hashlib
import json
import re
import sys
import threading
import warnings

SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
LINE_END = re.compile("\r\n|\r|\n")
EXACT = 2**53
SINGLETONS = {None: "None", True: "True", False: "False"}
# Fields that presentation fills, and those that older Pythons do not have.
LEFT_OUT = {"type_comment", "type_ignores"}
NEWER = {
    "FunctionDef": {"type_params": []},
    "AsyncFunctionDef": {"type_params": []},
    "ClassDef": {"type_params": []},
    "TypeVar": {"default_value": None},
    "ParamSpec": {"default_value": None},
    "TypeVarTuple": {"default_value": None},
}
SYMBOLS = (ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop)


# --- trees to JSON ----------------------------------------------------------------


def text_json(value):
    """A str: as it is, or code points where JavaScript would join two surrogates."""
    if not value.isascii() and SURROGATE_PAIR.search(value):
        return [ord(character) for character in value]
    return value


def integer_json(value):
    return value if -EXACT < value < EXACT else {"$int": hex(value)}


def float_json(value):
    return value if abs(value) != float("inf") else {"$float": str(value)}


def constant_json(value):
    """The type and the JSON value of a constant."""
    if isinstance(value, str):
        return "str", text_json(value)
    if value is None or value is True or value is False:
        return SINGLETONS[value], None
    if value is ...:
        return "Ellipsis", None
    if isinstance(value, int):
        return "int", integer_json(value)
    if isinstance(value, float):
        return "float", float_json(value)
    if isinstance(value, complex):
        return "complex", float_json(value.imag)
    return "bytes", value.decode("latin-1")


class Offsets:
    """Lines and UTF-8 columns to offsets in UTF-16 code units."""

    def __init__(self, source):
        self.lines = []
        self.starts = []
        self.maps = {}
        at = 0  # in code points
        offset = 0  # in UTF-16 code units
        ascii_source = source.isascii()
        ends = [match.span() for match in LINE_END.finditer(source)]
        for end, following in [*ends, (len(source), len(source))]:
            line = source[at:end]
            self.starts.append(offset)
            if ascii_source or line.isascii():
                self.lines.append(None)
                offset += following - at
            else:
                self.lines.append(line)
                offset += len(line.encode("utf-16-le", "surrogatepass")) // 2 + following - end
            at = following

    def of(self, line, column):
        text = self.lines[line - 1]
        start = self.starts[line - 1]
        if text is None:
            return start + column
        columns = self.maps.get(line)
        if columns is None:
            columns = self.maps[line] = []
            units = 0
            for character in text:
                code = ord(character)
                columns.extend([units] * (1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)))
                units += 1 + (code > 0xFFFF)
            columns.append(units)
        return start + columns[column]


def tree_json(source):
    # Python reads a byte order mark away in bytes, not in a str.
    mark = source.startswith("\ufeff")
    text = source[1:] if mark else source
    module = ast.parse(text)
    offsets = Offsets(text).of
    shift = 1 if mark else 0

    def convert(value):
        if isinstance(value, list):
            return [convert(item) for item in value]
        if isinstance(value, SYMBOLS):
            return value.__class__.__name__
        if isinstance(value, ast.AST):
            return node_json(value)
        return value

    def node_json(node):
        cls = node.__class__
        kind = cls.__name__
        if "lineno" in cls._attributes:
            start = offsets(node.lineno, node.col_offset) + shift
            end = offsets(node.end_lineno, node.end_col_offset) + shift
        else:
            start = end = -1
        result = {"kind": kind, "start": start, "end": end}
        if cls is ast.Constant:
            result["type"], result["value"] = constant_json(node.value)
            result["prefix"] = node.kind
            return result
        if kind == "MatchSingleton":
            result["value"] = SINGLETONS[node.value]
            return result
        result.update(NEWER.get(kind, ()))
        for field in cls._fields:
            if field not in LEFT_OUT:
                result[field] = convert(getattr(node, field))
        return result

    result = node_json(module)
    result["start"] = 0
    result["end"] = len(source.encode("utf-16-le", "surrogatepass")) // 2
    return result


# --- JSON to trees ----------------------------------------------------------------


def number_from_json(value):
    if isinstance(value, dict):
        return int(value["$int"], 16) if "$int" in value else float(value["$float"])
    return value


def constant_from_json(node):
    kind, value = node["type"], node["value"]
    if kind == "str":
        return "".join(map(chr, value)) if isinstance(value, list) else value
    if kind == "bytes":
        return value.encode("latin-1")
    if kind == "int":
        return int(number_from_json(value))
    if kind == "float":
        return float(number_from_json(value))
    if kind == "complex":
        return complex(0.0, number_from_json(value))
    return {"None": None, "True": True, "False": False, "Ellipsis": ...}[kind]


def tree_from_json(node):
    if isinstance(node, list):
        return [tree_from_json(item) for item in node]
    if not isinstance(node, dict):
        return node
    kind = node["kind"]
    cls = getattr(ast, kind)
    if kind == "Constant":
        return cls(value=constant_from_json(node), kind=node["prefix"])
    if kind == "MatchSingleton":
        return cls(value={"None": None, "True": True, "False": False}[node["value"]])
    fields = {}
    for field in cls._fields:
        if field == "type_ignores":
            fields[field] = []
        elif field == "type_comment":
            fields[field] = None
        else:
            value = tree_from_json(node[field])
            if isinstance(value, str) and field in ("op", "ctx"):
                value = getattr(ast, value)()
            elif field == "ops":
                value = [getattr(ast, name)() for name in value]
            fields[field] = value
    for field in NEWER.get(kind, ()):
        if field not in cls._fields and node[field]:
            raise ValueError(f"this Python has no {kind}.{field}")
    return cls(**fields)


# --- what is asked -----------------------------------------------------------------


def source_of(request):
    if "path" in request:
        with open(request["path"], "rb") as file:
            return file.read()
    return request["source"]


def parse(request):
    source = source_of(request)
    if isinstance(source, str) and source.startswith("\ufeff"):
        source = source[1:]
    return ast.parse(source)


# ast.dump leaves out empty lists since Python 3.13.
SHOW_EMPTY = {"show_empty": True} if sys.version_info >= (3, 13) else {}


def parts_of(module):
    parts = [ast.unparse(module)]
    for statement in module.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            parts.append(ast.unparse(statement))
            if isinstance(statement, ast.ClassDef):
                parts.extend(map(ast.unparse, statement.body))
    return parts


def unparse_parts(request):
    return parts_of(parse(request))


def digest(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digests(request):
    """One digest for the tree, one for each part: little to send for a whole library."""
    module = parse(request)
    tree = digest(ast.dump(module, **SHOW_EMPTY))
    return [tree, *map(digest, parts_of(module))]


OPERATIONS = {
    "digests": digests,
    "tree": lambda request: tree_json(source_of(request)),
    "dump": lambda request: ast.dump(parse(request), **SHOW_EMPTY),
    "dump-attributes": lambda request: ast.dump(
        parse(request), include_attributes=True, **SHOW_EMPTY
    ),
    "unparse": lambda request: ast.unparse(parse(request)),
    "unparse-parts": unparse_parts,
    "build": lambda request: ast.unparse(
        ast.fix_missing_locations(tree_from_json(request["tree"]))
    ),
}


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(100_000)
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    operation = OPERATIONS[json.loads(sys.stdin.readline())["op"]]
    for line in sys.stdin:
        try:
            answer = operation(json.loads(line))
            reply = json.dumps(answer, separators=(",", ":"))
        except (SyntaxError, ValueError, RecursionError, MemoryError, AttributeError) as error:
            print(type(error).__name__, error, file=sys.stderr)
            reply = "null"
        sys.stdout.write(reply)
        sys.stdout.write("\n")
    sys.stdout.flush()


# A thread of its own, because only a thread can be given a large stack.
sys.stdin.reconfigure(encoding="utf-8")
threading.stack_size(512 * 1024 * 1024)
thread = threading.Thread(target=main)
thread.start()
thread.join()
