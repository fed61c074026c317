"""``python -m ouverture run HASH[@LANG[@MAPPING]] [ARGS...]``: what ``ouverture run`` starts."""

from __future__ import annotations

import argparse
import os
import sys

from ._run import run


def main(arguments: list[str] | None = None) -> None:
    """Run a function of the pool of this folder, and end the process with its status."""
    parser = argparse.ArgumentParser(prog="python -m ouverture", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("run", help="run a function")
    command.add_argument("--debug", action="store_true", help="in pdb, from its first line on")
    command.add_argument(
        "--normalized", action="store_true", help="show the names of the normal form, too"
    )
    command.add_argument("--json", action="store_true", help="give the result as JSON")
    command.add_argument("function", metavar="HASH[@LANG[@MAPPING]]", help="its hashes in full")
    command.add_argument("arguments", metavar="ARG", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    if options.arguments[:1] == ["--"]:
        del options.arguments[0]
    hash, *rest = options.function.split("@")
    language, mapping = [*rest, None, None][:2]
    status = run(
        hash,
        options.arguments,
        folder=os.getcwd(),
        language=language,
        mapping=mapping,
        debug=options.debug,
        normalized=options.normalized,
        as_json=options.json,
    )
    sys.exit(status)


if __name__ == "__main__":
    main()
