"""What other programs for Fluent make of the files that `shirube i18n extract` writes.

Run as `check.py PROGRAM`. Mozilla's own libraries must read every catalogue and reference
without junk, find the catalogue of each reference through l10n.toml, and write files from
which `extract` loses nothing.
"""

import pathlib
import subprocess
import sys
import tempfile

from fluent.syntax import FluentParser, FluentSerializer, ast
from moz.l10n.paths import L10nConfigPaths
from moz.l10n.resource import parse_resource, serialize_resource

GUIDES = {
    "vpn.md": "---\ntitle: VPN の使い方\ndescription: 外から`つなぐ`\n---\n\n"
    "設定を**開き**、`ipconfig /all` と [手順](./b.md)を見ます。{$phone} へ。\n\n"
    "- 波括弧 { } と　全角の空白\n- :kbd[Ctrl+K] を押す\n\n| 表 | 値 |\n|--|--|\n| .始まり | *強調* |\n",
    "b.md": "# Steps\n\n[Open] the settings.\n\n\\# not a heading, 50% \"quoted\"\n\n同じ\n\n同じ\n",
}


def run(program, site, *arguments):
    done = subprocess.run(
        [program, "--site", site, "i18n", *arguments], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def texts(site, folder):
    return {path: path.read_text("utf-8") for path in sorted((site / folder).rglob("*.ftl"))}


def messages(text):
    body = FluentParser().parse(text).body
    junk = [entry.content for entry in body if isinstance(entry, ast.Junk)]
    assert not junk, junk
    serializer = FluentSerializer()
    value = lambda entry: serializer.serialize_entry(ast.Message(entry.id, entry.value)).strip()
    return {entry.id.name: value(entry) for entry in body if isinstance(entry, ast.Message)}


def translate(text):
    """Fills in every place but the last."""
    lines = text.split("\n")
    places = [at for at, line in enumerate(lines) if line.startswith("# ") and line.endswith(" =")]
    for number, at in enumerate(places[:-1]):
        lines[at] = f"{lines[at][2:]} Translation {number} {{ $phone }}"
    return "\n".join(lines)


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder).resolve()
        (site / "content").mkdir()
        (site / "shirube.yaml").write_text("locales: [ja, en, de]\nvariables: { phone: '5' }\n")
        for name, text in GUIDES.items():
            (site / "content" / name).write_text(text, "utf-8")
        run(program, site, "extract", "--all", "--reference")
        for path, text in texts(site, "locales/en").items():
            path.write_text(translate(text), "utf-8")
        run(program, site, "extract")

        references = texts(site, "locales/ja")
        assert len(references) == len(GUIDES), references
        paths = L10nConfigPaths(str(site / "l10n.toml"))
        assert set(paths.ref_paths) == {str(path) for path in references}
        for path, text in references.items():
            assert messages(text)
            parse_resource(str(path))
            for locale in ("en", "de"):
                target, _ = paths.target(str(path), locale=locale)
                known = messages(pathlib.Path(target).read_text("utf-8"))
                assert set(known) <= set(messages(text)), target

        for again in (
            lambda path, text: FluentSerializer().serialize(FluentParser().parse(text)),
            lambda path, text: "".join(serialize_resource(parse_resource(str(path)))),
        ):
            before = texts(site, "locales/en")
            assert any(messages(text) for text in before.values())
            for path, text in before.items():
                path.write_text(again(path, text), "utf-8")
            run(program, site, "extract")
            after = texts(site, "locales/en")
            for path, text in before.items():
                assert messages(after[path]) == messages(text), path
            run(program, site, "extract", "--check")
    print("Mozilla's libraries read and write the catalogues")


main(sys.argv[1])
