"""The page that a bundle opens with: one file without links to other hosts, which leads to all others."""

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from app.exports.bundle import SUMS, Bundle, LeftOut, Part
from app.exports.bundle_formats import Said
from app.exports.bundle_words import BundleWords, bundle_words
from app.exports.html_policy import policy
from app.exports.words import day

STYLE = """
:root { --paper: #fbfaf6; --ink: #1d1c1a; --faint: #5d594f; --rule: #dcd6c8; --link: #1d4f7c;
  color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15171a; --ink: #e9e6df; --faint: #a7a297; --rule: #34383d; --link: #8fbbe6; }
}
body { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  overflow-wrap: anywhere; font: 1rem/1.5 system-ui, "Noto Sans", Arial, sans-serif; }
h1 { font: 400 1.75rem/1.25 "Noto Serif", "PT Serif", Georgia, serif; margin: 0 0 0.25rem; }
h2 { font-size: 1rem; margin: 2.5rem 0 0; padding-bottom: 0.25rem; border-bottom: 1px solid var(--faint); }
p { margin: 0.5rem 0; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: 0.75rem 0; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: 0.18em; }
.meta, code { color: var(--faint); font-size: 0.8125rem; }
code { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; }
.read a { font-weight: 600; font-size: 1.125rem; }
@media print { body { --paper: #fff; --ink: #000; max-width: none; } }
"""


def page(bundle: Bundle) -> str:
    """The index, in the bundle's language."""
    words = bundle_words(bundle.language)
    return "".join(
        (
            f'<!doctype html>\n<html lang="{escape(bundle.language)}">\n<head>\n<meta charset="utf-8">\n'
            f"{policy(STYLE)}"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(bundle.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
            *_head(bundle, words),
            *(piece for language in bundle.languages for piece in _language(bundle, language, words)),
            *_left_out(bundle, words),
            *_check(words),
            "</body>\n</html>\n",
        )
    )


def _head(bundle: Bundle, words: BundleWords) -> Iterator[str]:
    version = bundle.version
    date = day(version.at, bundle.language)
    yield f"<h1>{escape(bundle.title)}</h1>\n"
    yield f"<p>{escape(words.version_of.format(number=version.number, date=date))}</p>\n"
    yield f'<p class="meta">SHA-256 <code>{escape(version.sha256)}</code></p>\n'
    yield f"<p>{escape(words.about)}</p>\n"
    texts = [part for part in bundle.parts if part.name == "html"]
    if texts:
        links = " · ".join(_link(part, f"{words.read} ({part.language})") for part in texts)
        yield f'<p class="read">{links}</p>\n'


def _language(bundle: Bundle, language: str, words: BundleWords) -> Iterator[str]:
    known = list(words.formats)
    parts = [part for part in bundle.parts if part.language == language]
    parts.sort(key=lambda part: known.index(part.name) if part.name in known else len(known))
    yield f"<h2>{escape(words.languages.get(language, language))}</h2>\n<ul>\n"
    for part in parts:
        said = words.formats.get(part.name, Said(part.name, ""))
        size = words.size.format(kilobytes=max(1, round(len(part.data) / 1024)))
        yield (
            f'<li>{_link(part, said.name)} <span class="meta">{escape(part.path.rpartition("/")[2])}, {size}</span>'
            f'<br>{escape(said.what)}<br><code>{part.sha256}</code></li>\n'
        )  # fmt: skip
    yield "</ul>\n"


def _link(part: Part, name: str) -> str:
    return f'<a href="{escape(quote(part.path))}">{escape(name)}</a>'


def _left_out(bundle: Bundle, words: BundleWords) -> Iterator[str]:
    if not bundle.left_out:
        return
    yield f"<h2>{escape(words.left_out)}</h2>\n<ul>\n"
    several = len(bundle.languages) > 1
    for one in bundle.left_out:
        said = words.formats.get(one.name, Said(one.name, ""))
        where = f" ({one.language})" if several else ""
        yield f"<li>{escape(said.name + where)}: {escape(_reason(one, words))}</li>\n"
    yield "</ul>\n"


def _reason(one: LeftOut, words: BundleWords) -> str:
    return words.reasons.get(one.reason, one.sentence)


def _check(words: BundleWords) -> Iterator[str]:
    sums = f'<a href="{SUMS}">{SUMS}</a>'
    yield f"<h2>{escape(words.check)}</h2>\n<p>{escape(words.check_how).format(sums=sums)}</p>\n"
    yield f'<p><a href="README.txt">{escape(words.readme)}</a></p>\n'
