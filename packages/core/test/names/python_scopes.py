"""CPython's own answers about names and legality, for comparison.

With --lines, reads JSON lines from standard input: {"op": ..., and "source": text or
"path": file}; writes one JSON line for each.
  tables   the scopes as `symtable` gives them, outermost first: a list of
           [kind, name, line, {symbol: "local" | "global" | "free"}]; null where refused
  verdict  null where `compile` accepts the source, or the sentence why it does not
"""

import json
import sys
import symtable
import tokenize
import warnings


def meaning(symbol):
    if symbol.is_free():
        return "free"
    return "local" if symbol.is_local() else "global"


def tables(source):
    found = []

    def visit(table):
        symbols = {symbol.get_name(): meaning(symbol) for symbol in table.get_symbols()}
        kind = str(getattr(table.get_type(), "value", table.get_type()))
        found.append([kind, table.get_name(), table.get_lineno(), symbols])
        for child in table.get_children():
            visit(child)

    visit(symtable.symtable(source, "<source>", "exec"))
    return found


def tables_or_null(source):
    try:
        return tables(source)
    except (SyntaxError, ValueError, RecursionError):
        return None


def verdict(source):
    try:
        compile(source, "<source>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error.msg
    except (ValueError, RecursionError, MemoryError, SystemError) as error:
        return type(error).__name__
    return None


def read(path):
    try:
        with tokenize.open(path) as file:
            return file.read()
    except (SyntaxError, UnicodeDecodeError):
        return None


OPERATIONS = {"tables": tables_or_null, "verdict": verdict}


def answer(op, source):
    """The answer about one source, as JSON."""
    return json.dumps(OPERATIONS[op](source))


def main():
    for line in sys.stdin:
        request = json.loads(line)
        source = request["source"] if "source" in request else read(request["path"])
        print("null" if source is None else answer(request["op"], source))


warnings.simplefilter("ignore")
if sys.argv[1:] == ["--lines"]:
    main()
