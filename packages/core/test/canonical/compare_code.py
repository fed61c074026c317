"""Law 3: is a normal form the same program as its source?

Reads JSON lines [source, code, names], where `names` gives what each new name was,
and prints, for each, a JSON line:
"" where both compile to the same instructions up to local names, or what differs.
The imports and the docstring, which the normal form changes, are compared by hand.
"""
import ast
import dis
import json
import re
import sys
import types
import warnings

RENAMED = re.compile(r"(?<![^>]\.)_ouverture_v_[0-9]+|object_[0-9a-f]{64}")


class Comparison:
    def __init__(self, names):
        self.names = names

    def back(self, text):
        """A text of the normal form in the words of the source."""
        return RENAMED.sub(lambda found: self.names.get(found.group(), found.group()), text)

    def same_name(self, source, normal):
        if source == normal or source == self.back(normal):
            return True
        # Mangled: `_Class__name` where the mapping has `__name`, or a renamed class.
        mangled = self.back(normal)
        if mangled.startswith("__"):
            return source.endswith(mangled)
        renamed = re.match(r"^(_ouverture_v_[0-9]+)(__.+)$", normal)
        if renamed is None:
            return False
        return source == "_" + self.names[renamed.group(1)].lstrip("_") + renamed.group(2)

    def code(self, source, normal, path):
        for field in ("co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_flags"):
            if getattr(source, field) != getattr(normal, field):
                return f"{path}: {field}"
        if not self.same_name(source.co_name, normal.co_name):
            return f"{path}: name {source.co_name} {normal.co_name}"
        ours, theirs = instructions(source), instructions(normal)
        if len(ours) != len(theirs):
            return f"{path}: {len(ours)} instructions, {len(theirs)}"
        for one, other in zip(ours, theirs):
            difference = self.instruction(one, other, path)
            if difference:
                return difference
        return ""

    def instruction(self, one, other, path):
        if one[0] != other[0]:
            return f"{path}: {one} {other}"
        if isinstance(one[1], types.CodeType) and isinstance(other[1], types.CodeType):
            return self.code(one[1], other[1], f"{path}.{one[1].co_name}")
        return "" if self.value(one[1], other[1]) else f"{path}: {one} {other}"

    def value(self, one, other):
        if type(one) is not type(other):
            return False
        if isinstance(one, str):
            return self.same_name(one, other)
        if isinstance(one, tuple):
            return len(one) == len(other) and all(map(self.value, one, other))
        if isinstance(one, list):
            # A set: its order follows the names.
            rest = list(other)
            for item in one:
                found = next((that for that in rest if self.value(item, that)), None)
                if found is None:
                    return False
                rest.remove(found)
            return not rest
        return repr(one) == repr(other)


SKIPPED = {"EXTENDED_ARG", "CACHE", "NOP"}
UNORDERED = {"MAKE_CELL", "LOAD_CLOSURE", "LOAD_FAST_AND_CLEAR"}
INLINES = sys.version_info >= (3, 12)


def instructions(code):
    """Operations with what they mean; where their order follows the names, as sets."""
    cells = set(code.co_cellvars + code.co_freevars)
    found = []
    index_at = {}
    for instruction in dis.get_instructions(code):
        index_at[instruction.offset] = len(found)
        if instruction.opname in SKIPPED:
            continue
        value = instruction.argval
        if instruction.opcode in dis.hasjrel or instruction.opcode in dis.hasjabs:
            value = Target(value)
        elif instruction.opname == "KW_NAMES":
            value = code.co_consts[instruction.arg]
        elif isinstance(value, frozenset):
            value = sorted(map(repr, value))
        for name, meant in singles(instruction.opname, value):
            group = group_of(name, meant, found, cells)
            if group is None:
                found.append((name, meant))
            elif found and found[-1][0] == group:
                found[-1][1].append(meant)
            else:
                found.append((group, [meant]))
    return [
        (name, index_at[value.offset] if isinstance(value, Target) else value)
        for name, value in found
    ]


class Target:
    """Where an instruction jumps to."""

    def __init__(self, offset):
        self.offset = offset


def singles(name, value):
    """Since Python 3.13 two loads or stores may be one, since 3.14 a load may borrow."""
    name = name.replace("_BORROW", "")
    if isinstance(value, tuple) and name.count("_FAST") == 2:
        first, second = name.split("_FAST_")
        return [(first + "_FAST", value[0]), (second, value[1])]
    return [(name, value)]


def group_of(name, value, found, cells):
    """Cells, and since Python 3.12 what an inlined comprehension saves and restores."""
    if name in UNORDERED or (INLINES and name == "LOAD_FAST" and value in cells):
        return "cells"
    if INLINES and name == "STORE_FAST" and found and found[-1][0] in ("SWAP", "restored"):
        return "restored"
    return None


def parts(text):
    """The function without imports and docstring, and the imports as a set."""
    tree = ast.parse(text)
    imports = set()
    rest = []
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                asname = None if alias.asname == alias.name else alias.asname
                imports.add(("", alias.name, asname))
        elif isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                asname = None if alias.asname == alias.name else alias.asname
                imports.add((statement.module, alias.name, asname))
        else:
            rest.append(statement)
    (function,) = rest
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        if isinstance(first.value.value, str):
            del function.body[0]
            left = function.body[:1]
            is_text = any(
                isinstance(s, ast.Expr)
                and isinstance(s.value, ast.Constant)
                and isinstance(s.value.value, str)
                for s in left
            )
            if not left or is_text:
                function.body.insert(0, ast.Pass())
    future = [
        ast.ImportFrom("__future__", [ast.alias(name)], 0)
        for module, name, _ in sorted(imports, key=repr)
        if module == "__future__"
    ]
    module = ast.fix_missing_locations(ast.Module([*future, function], []))
    # Lines are presentation, but decide which instructions are joined.
    for node in ast.walk(module):
        if hasattr(node, "lineno"):
            node.lineno = node.end_lineno = 1
            node.col_offset = node.end_col_offset = 0
    return imports, compile(module, "file", "exec")


def compare(source, code, names):
    imports, ours = parts(source)
    other_imports, theirs = parts(code)
    if {i for i in imports if i[0] != "ouverture.pool"} != {
        i for i in other_imports if i[0] != "ouverture.pool"
    }:
        return "imports"
    return Comparison(names).code(ours, theirs, "module")


def difference(source, code, names):
    try:
        return compare(source, code, names)
    except (SyntaxError, ValueError, RecursionError, KeyError) as error:
        return f"{type(error).__name__}: {error}"


def main():
    sys.setrecursionlimit(10000)
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        print(json.dumps(difference(*json.loads(line))))


if __name__ == "__main__":
    main()
