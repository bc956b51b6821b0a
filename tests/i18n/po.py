"""Reads what `shirube i18n export` writes with the tools that translators use.

Run with a folder of PO files; polib and translate-toolkit must read every one, agree about
its items, and write it again without a loss.
"""

import pathlib
import sys

import polib
from translate.storage import pypo


def items(path):
    by_polib = polib.pofile(str(path), check_for_duplicates=True)
    assert by_polib.metadata["Content-Type"] == "text/plain; charset=UTF-8", path
    assert by_polib.metadata["X-Shirube-Guide"], path
    again = polib.pofile(str(by_polib))
    key = lambda e: (e.msgctxt, e.msgid, e.msgstr, e.previous_msgid, e.fuzzy, e.obsolete, e.comment, e.tcomment)
    assert [key(e) for e in by_polib] == [key(e) for e in again], path
    return by_polib


def check(path):
    entries = {e.msgctxt: e for e in items(path) if not e.obsolete}
    store = pypo.pofile.parsefile(str(path))
    units = [u for u in store.units if not u.isheader() and not u.isobsolete()]
    assert len(units) == len(entries), path
    for unit in units:
        entry = entries[unit.getcontext()]
        assert str(unit.source) == entry.msgid, (path, entry.msgctxt)
        assert str(unit.target) == entry.msgstr, (path, entry.msgctxt)
        assert unit.isfuzzy() == entry.fuzzy, (path, entry.msgctxt)
    # A translator's tool writes it again: the same items come out.
    second = pypo.pofile.parsestring(bytes(store))
    assert [(u.getcontext(), str(u.target)) for u in second.units] == [
        (u.getcontext(), str(u.target)) for u in store.units
    ], path
    return len(units)


if __name__ == "__main__":
    files = sorted(pathlib.Path(sys.argv[1]).rglob("*.po"))
    assert files, "nothing was exported"
    print(sum(check(path) for path in files), "items in", len(files), "files")
