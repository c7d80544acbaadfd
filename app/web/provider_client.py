"""What asks an OpenID Connect provider. Its libraries take long to load, so they are loaded when one is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app

from app.domain.errors import Invalid
from app.services.outside_identities import BadIdentity
from config import Provider

CLIENT = "provider"
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Never by nobody (`none`), and never by a secret that is shared."""
PATIENCE = 10
"""Seconds."""


class ProviderUnreachable(Invalid):
    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider} cannot be reached at present. Try again later, or sign in with your password.")


@contextmanager
def asking(name: str) -> Iterator[None]:
    """Ask the provider: whatever else it answers than the standard has is one refusal.

    Raises ProviderUnreachable, BadIdentity.
    """
    import requests  # noqa: PLC0415
    from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415

    try:
        yield
    except requests.RequestException as error:
        raise ProviderUnreachable(name) from error
    except (AuthlibBaseError, JoseError, RuntimeError, ValueError, TypeError, LookupError, AttributeError) as error:
        current_app.logger.warning("the provider’s answer cannot be used: %s", type(error).__name__)
        raise BadIdentity(name) from error


def client_of(setting: Provider) -> Any:
    """The client, made once in a process. Raises requests.RequestException, ValueError."""
    from authlib.integrations.flask_client import OAuth  # type: ignore[import-untyped]  # noqa: PLC0415

    known = current_app.extensions.setdefault("kelishim-providers", {})
    if setting not in known:
        known[setting] = OAuth(current_app).register(
            CLIENT, client_id=setting.client_id, client_secret=setting.client_secret,
            server_metadata_url=setting.issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile", "code_challenge_method": "S256", "default_timeout": PATIENCE
            },
        )  # fmt: skip
    client = known[setting]
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != setting.issuer:  # OpenID Connect Discovery 1.0, 4.3
        raise ValueError("the provider says that it is another one")
    signed_by = [one for one in metadata.get("id_token_signing_alg_values_supported", ()) if one in SIGNED_BY]
    metadata["id_token_signing_alg_values_supported"] = signed_by or ["RS256"]
    return client
