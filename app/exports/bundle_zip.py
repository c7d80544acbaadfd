"""A bundle as its ZIP file."""

import hashlib

from app.exports.bundle import INDEX, README, SUMS, Bundle
from app.exports.bundle_page import page
from app.exports.bundle_words import README_TEXT
from app.exports.docx_package import zipped


def write(bundle: Bundle) -> bytes:
    """The ZIP file. Order and dates are fixed, so that the same files give the same bytes."""
    version = bundle.version
    readme = README_TEXT.format(
        title=bundle.title, slug=bundle.slug, number=version.number, sha256=f"SHA-256 {version.sha256}"
    )
    files = {
        INDEX: page(bundle).encode(),
        README: readme.encode(),
        **{part.path: part.data for part in sorted(bundle.parts, key=lambda part: part.path)},
    }
    files[SUMS] = checksums(files)
    return zipped(files)


def checksums(files: dict[str, bytes]) -> bytes:
    """As `sha256sum -c` reads them."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in files.items()).encode()
