"""What the library of Web Authentication is called with. It takes a third of a second to load, so that this module is
loaded when the first passkey is used."""

import json
from datetime import timedelta

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json_dict,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from app.domain.errors import Invalid
from app.store.second_factors import Passkey
from app.store.users import User

LONGEST_ANSWER, LONGEST_ID = 20_000, 1400
MALFORMED = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
"""What the parsers of an answer raise on bytes that no browser sends."""


class PasskeyRefused(Invalid):
    """One sentence for whatever is wrong with an answer: none of it can be mended by whoever reads it."""

    def __init__(self) -> None:
        super().__init__("The passkey could not be checked. Try again, or sign in otherwise.")


def options_of_new(
    host: str, user: User, handle: str, challenge: bytes, having: list[Passkey], lasts: timedelta
) -> dict[str, object]:
    """For `navigator.credentials.create`."""
    options = generate_registration_options(
        rp_id=host, rp_name="Kelishim", user_id=base64url_to_bytes(handle), user_name=user.name,
        user_display_name=user.full_name, challenge=challenge, exclude_credentials=_described(having),
        timeout=int(lasts.total_seconds()) * 1000,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )  # fmt: skip
    return options_to_json_dict(options)


def options_of_known(host: str, challenge: bytes, having: list[Passkey] | None, lasts: timedelta) -> dict[str, object]:
    """For `navigator.credentials.get`: one of these, or any, which must then check who holds it."""
    verification = UserVerificationRequirement.REQUIRED if having is None else UserVerificationRequirement.PREFERRED
    options = generate_authentication_options(
        rp_id=host, challenge=challenge, timeout=int(lasts.total_seconds()) * 1000,
        allow_credentials=_described(having or []), user_verification=verification,
    )  # fmt: skip
    return options_to_json_dict(options)


def made(host: str, origin: str, text: str, challenge: str) -> tuple[VerifiedRegistration, str]:
    """The checked new passkey, and how it can be reached. Raises PasskeyRefused."""
    try:
        parsed = parse_registration_credential_json(_read(text))
        found = verify_registration_response(
            credential=parsed, expected_challenge=base64url_to_bytes(challenge), expected_rp_id=host,
            expected_origin=origin,
        )  # fmt: skip
    except MALFORMED as error:
        raise PasskeyRefused from error
    if len(bytes_to_base64url(found.credential_id)) > LONGEST_ID:
        raise PasskeyRefused
    return found, ",".join(sorted({one.value for one in parsed.response.transports or ()}))


def parsed(text: str) -> AuthenticationCredential:
    """Raises PasskeyRefused."""
    try:
        return parse_authentication_credential_json(_read(text))
    except MALFORMED as error:
        raise PasskeyRefused from error


def checked(
    host: str, origin: str, challenge: str, answer: AuthenticationCredential, public_key: bytes
) -> VerifiedAuthentication:
    """The signature alone, not the count of uses: only a genuine key may be said to be copied.
    Raises PasskeyRefused."""
    try:
        return verify_authentication_response(
            credential=answer, expected_challenge=base64url_to_bytes(challenge), expected_rp_id=host,
            expected_origin=origin, credential_public_key=public_key, credential_current_sign_count=0,
        )  # fmt: skip
    except MALFORMED as error:
        raise PasskeyRefused from error


def _read(text: str) -> dict[str, object]:
    """The JSON of an answer; ValueError where it is none."""
    if len(text) > LONGEST_ANSWER:
        raise ValueError("longer than any answer is")
    read = json.loads(text)
    if not isinstance(read, dict):
        raise ValueError("no JSON object")
    return read


def _described(having: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(one.credential_id),
            transports=[AuthenticatorTransport(way) for way in one.transports.split(",") if way] or None,
        )
        for one in having
    ]
