"""What a browser may do with a file of ours: nothing but lay it out by its own style sheet."""

from base64 import b64encode
from hashlib import sha256


def policy(style: str) -> str:
    """The element for the head that names the one style sheet by its hash (Content Security Policy 3)."""
    hashed = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    said = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{said}">\n'
