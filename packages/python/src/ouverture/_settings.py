"""Where functions come from, and in which languages they are read (docs/configuration.md).

Of the configuration, only ``user.languages`` is read here, in the two ways in which lists are
written in YAML; what is written otherwise says nothing.
"""

from __future__ import annotations

import os
import sys

from ._store import is_language


class Context:
    """What decides how a function is read that is imported from some folder."""

    __slots__ = ("languages", "pools", "root")

    def __init__(self, root: str, pools: tuple[str, ...], languages: tuple[str, ...]) -> None:
        #: The folder of the repository, or else the folder.
        self.root = root
        #: The repository's pool, where it has one, and the user's.
        self.pools = pools
        #: The languages of the user, the dearest first.
        self.languages = languages


_repositories: dict[str, tuple[str, bool]] = {}
_configured: dict[tuple[str, str], tuple[str, ...]] = {}


def context_of(folder: str) -> Context:
    """Give the context of what stands in a folder."""
    environment = os.environ
    home = environment.get("USERPROFILE" if sys.platform == "win32" else "HOME")
    home = home or os.path.expanduser("~")
    root, has_pool = _find_repository(os.path.abspath(folder), home)
    user = environment.get("OUVERTURE_DIRECTORY") or os.path.join(home, ".local", "ouverture")
    pools = (os.path.join(root, ".ouverture"),) if has_pool else ()
    asked = environment.get("OUVERTURE_LANG") or environment.get("OUVERTURE_LANGUAGES")
    languages = _of_text(asked) if asked else _read_languages(root, home)
    return Context(root, (*pools, os.path.abspath(user)), languages)


def cache_folder() -> str:
    """Give the folder of what can be made again."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.environ.get("LOCALAPPDATA", "") if sys.platform == "win32" else ""
    return os.path.join(base or os.path.join(os.path.expanduser("~"), ".cache"), "ouverture")


def _find_repository(start: str, home: str) -> tuple[str, bool]:
    """Find the nearest folder with a pool of its own, or that git knows as a repository."""
    if start in _repositories:
        return _repositories[start]
    folder = start
    while True:
        has_pool = os.path.isdir(f"{folder}/.ouverture") and not _is_same(folder, home)
        if has_pool or os.path.exists(f"{folder}/.git"):
            found = (folder, has_pool)
            break
        folder, previous = os.path.dirname(folder), folder
        if folder == previous:
            found = (start, False)
            break
    _repositories[start] = found
    return found


def _is_same(folder: str, home: str) -> bool:
    try:
        return os.path.samefile(folder, home)
    except OSError:
        return False


def _of_text(text: str) -> tuple[str, ...]:
    """Read a list parted by commas or spaces; each language once."""
    return tuple(dict.fromkeys(one for one in text.replace(",", " ").split() if is_language(one)))


def _read_languages(root: str, home: str) -> tuple[str, ...]:
    """Read ``user.languages`` of the repository, or else of the user."""
    key = (root, home)
    if key not in _configured:
        _configured[key] = (
            _of_yaml(_text_of(f"{root}/.ouverture/config.yaml"))
            or _of_toml(_text_of(f"{root}/pyproject.toml"))
            or _of_yaml(_text_of(_user_file(home)))
        )
    return _configured[key]


def _user_file(home: str) -> str:
    config = os.environ.get("XDG_CONFIG_HOME", "")
    has_config = os.path.isabs(config)
    xdg = os.path.join(config if has_config else f"{home}/.config", "ouverture", "config.yaml")
    plain = f"{home}/.ouverture/config.yaml"
    first, second = (xdg, plain) if has_config else (plain, xdg)
    return first if os.path.exists(first) else second


def _text_of(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(1 << 16)
    except (OSError, ValueError):
        return ""


_USER = r"^user:[ \t]*(?:#.*)?\n(?P<block>(?:[ \t]+.*\n|[ \t]*(?:#.*)?\n)+)"
_FLOW = r"^[ \t]+languages:[ \t]*\[(?P<list>[^\]]*)\]"
_BLOCK = r"^[ \t]+languages:[ \t]*(?:#.*)?\n(?P<list>(?:[ \t]*-[ \t].*\n)+)"
_TABLE = r"^\[tool\.ouverture\.user\][ \t]*(?:#.*)?\n(?P<block>(?:(?!\[).*\n)*)"
_ARRAY = r"^languages[ \t]*=[ \t]*\[(?P<list>[^\]]*)\]"
_MARKS = r"#.*|['\"]|^[ \t]*-[ \t]"


def _of_yaml(text: str) -> tuple[str, ...]:
    if "languages" not in text:
        return ()
    import re

    user = re.search(_USER, f"{text}\n", re.MULTILINE)
    if user is None:
        return ()
    found = re.search(_FLOW, user["block"], re.MULTILINE) or re.search(
        _BLOCK, user["block"], re.MULTILINE
    )
    return () if found is None else _of_text(re.sub(_MARKS, " ", found["list"], flags=re.MULTILINE))


def _of_toml(text: str) -> tuple[str, ...]:
    if "tool.ouverture.user" not in text:
        return ()
    import re

    table = re.search(_TABLE, f"{text}\n", re.MULTILINE)
    found = None if table is None else re.search(_ARRAY, table["block"], re.MULTILINE)
    return () if found is None else _of_text(re.sub(_MARKS, " ", found["list"], flags=re.MULTILINE))
