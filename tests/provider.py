"""A small OpenID Connect provider, over HTTP: discovery, keys, and answers that tests make as they like."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT_ID, CLIENT_SECRET = "kelishim", "the provider's secret"


def unsigned(claims: dict[str, Any]) -> str:
    """A token that nobody has signed (RFC 7519, 6)."""
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts) + "."


class OpenIdProvider:
    """`grant` is what a person does there: it takes where they were sent, and gives the code they come back with."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
        self.published = [self.key]
        self.algorithms = ["ES256", "none", "HS256"]
        self.codes: dict[str, tuple[str, dict[str, Any]]] = {}
        self.more: dict[str, Any] = {}
        self.issuer = self.called = ""
        self.down = False

    def grant(self, sent_to: str, *, token: str = "", **claims: Any) -> dict[str, str]:
        """The query of the way back. A claim that is None is left out; `token` is sent in place of one made here."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(sent_to).query).items()}
        assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
        now = int(time.time())
        said = {
            "iss": self.issuer, "aud": CLIENT_ID, "sub": "248289761001", "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], **claims,
        }  # fmt: skip
        said = {name: value for name, value in said.items() if value is not None}
        code = f"code-{len(self.codes)}"
        made = token or jwt.encode({"alg": "ES256", "kid": "one"}, said, self.key)
        self.codes[code] = (asked["code_challenge"], {"access_token": "t", "token_type": "Bearer", "id_token": made})
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if self.down:
            return 500, {}
        if path == "/.well-known/openid-configuration":
            at = self.issuer
            return 200, {
                "issuer": self.called or at, "authorization_endpoint": f"{at}/authorize", "jwks_uri": f"{at}/keys",
                "token_endpoint": f"{at}/token", "userinfo_endpoint": f"{at}/me",
                "id_token_signing_alg_values_supported": self.algorithms,
            }  # fmt: skip
        if path == "/keys":
            return 200, {"keys": [key.as_dict(private=False) for key in self.published]}
        if path == "/me":
            return 200, {"sub": "248289761001", **self.more}
        return self._token(form)

    def _token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Once for each code, and only with what PKCE asks for (RFC 7636, 4.6)."""
        challenge, answer = self.codes.pop(form.get("code", ""), ("", {}))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != challenge:
            return 400, {"error": "invalid_grant"}
        return 200, answer


@contextmanager
def serving() -> Iterator[OpenIdProvider]:
    provider = OpenIdProvider()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            status, answer = provider.answer(urlsplit(self.path).path, form)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
