"""The top-level functions of Python's standard library as function files.

Prints JSON lines [place, source]: each function with those of its module's top-level
imports whose names it mentions.
"""
import ast
import json
import pathlib
import sys
import sysconfig


def function_files(path):
    try:
        text = path.read_bytes().decode("utf-8")
        tree = ast.parse(text)
    except (SyntaxError, ValueError, UnicodeDecodeError):
        return
    lines = text.splitlines(keepends=True)
    if "\f" in text or "\x0b" in text or "\x1c" in text or "\u2028" in text:
        lines = ast._splitlines_no_ff(text) if hasattr(ast, "_splitlines_no_ff") else lines
    imports = [s for s in tree.body if isinstance(s, (ast.Import, ast.ImportFrom))]
    for statement in tree.body:
        if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        mentioned = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
        needed = []
        for one in imports:
            names = [
                alias
                for alias in one.names
                if (alias.asname or alias.name.split(".")[0]) in mentioned
                or getattr(one, "module", None) == "__future__"
            ]
            if names:
                copy = type(one)(**{**vars(one), "names": names})
                needed.append(ast.unparse(copy))
        first = min([statement.lineno, *(d.lineno for d in statement.decorator_list)])
        source = "".join(lines[first - 1 : statement.end_lineno])
        place = f"{path.name}:{statement.lineno} {statement.name}"
        yield place, "\n".join([*needed, source])


def main():
    root = pathlib.Path(sysconfig.get_paths()["stdlib"])
    for path in sorted(root.rglob("*.py")):
        if "site-packages" in path.parts:
            continue
        for found in function_files(path):
            print(json.dumps(found))


if __name__ == "__main__":
    sys.setrecursionlimit(10000)
    main()
