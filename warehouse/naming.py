"""What a reader meant: ids from ids, names and aliases, and the nearest ones where there is none."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from warehouse.errors import NotFoundError


def resolve(what: str, asked: str, names: Iterable[tuple[str, str]], listing: str) -> str:
    """Return the id that was asked for, by id, name or alias, in any case and punctuation.

    names: pairs of name and id, ids among the names.
    listing: where all of them can be seen, for the message.
    Raises: NotFoundError naming the nearest ids, or all that the name could mean.
    """
    known = list(names)
    for same in (str, _plain):
        found = sorted({identity for name, identity in known if same(name) == same(asked)})
        if asked in found:
            return asked
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFoundError(f"{what} '{asked}' could be any of: {', '.join(found)}")
    raise NotFoundError(f"unknown {what} '{asked}'{hint(asked, known)}. {listing}".strip())


def choose(what: str, asked: str, allowed: Iterable[str], explanation: str = "") -> str:
    """Return what was asked for if it is one of the words allowed.

    Raises: NotFoundError with the nearest and all others.
    """
    words = list(allowed)
    if asked in words:
        return asked
    known = ", ".join(words) or "none"
    raise NotFoundError(
        f"unknown {what} '{asked}'{hint(asked, [(word, word) for word in words])}. There are: {known}{explanation}"
    )


def hint(asked: str, names: Iterable[tuple[str, str]]) -> str:
    """Return the words of a message that name the ids nearest to what was asked for, empty if nothing is near."""
    ids: dict[str, set[str]] = {}
    for name, identity in names:
        ids.setdefault(_plain(name), set()).add(identity)
    near = difflib.get_close_matches(_plain(asked), ids, n=5, cutoff=0.6)
    found = list(dict.fromkeys(identity for name in near for identity in sorted(ids[name])))[:5]
    return f"; nearest: {', '.join(found)}" if found else ""


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
