"""Configuration, read once from the environment. An unknown value stops the start, in a sentence."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent
LANGUAGES = ("en", "ru", "ky")
LOG_FORMS = ("plain", "json")
ENVIRONMENTS = ("development", "production")
MEGABYTE = 1024 * 1024
MOST_PROXIES, MOST_MEGABYTES = 9, 1024
SHORTEST_TOKEN = 16
MAIL_PORTS = {"none": 25, "starttls": 587, "tls": 465}
"""What a connection to the mail server is protected by, and the port where that is usual."""


class BadConfig(SystemExit):
    """A setting that cannot be used; the process ends with its sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where letters are handed over; `sender` is the address they come from. Without a host none are sent."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = ""
    sender: str = ""

    @classmethod
    def from_env(cls) -> "MailServer":
        """Read KELISHIM_MAIL_HOST, _PORT, _SECURITY (none, starttls, tls), _USER, _PASSWORD and _FROM."""
        host = os.environ.get("KELISHIM_MAIL_HOST", "").strip()
        sender = os.environ.get("KELISHIM_MAIL_FROM", "").strip()
        security = os.environ.get("KELISHIM_MAIL_SECURITY") or "starttls"
        if security not in MAIL_PORTS:
            raise BadConfig(f"KELISHIM_MAIL_SECURITY: expected none, starttls or tls, found {security!r}.")
        if host and "@" not in sender:
            raise BadConfig(f"KELISHIM_MAIL_FROM: expected the address that letters come from, found {sender!r}.")
        user, password = os.environ.get("KELISHIM_MAIL_USER", ""), os.environ.get("KELISHIM_MAIL_PASSWORD", "")
        if bool(user) != bool(password):
            raise BadConfig("KELISHIM_MAIL_USER and KELISHIM_MAIL_PASSWORD: expected both, or neither.")
        port = _port("KELISHIM_MAIL_PORT", MAIL_PORTS[security])
        return cls(host=host, port=port, security=security, user=user, password=password, sender=sender)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An OpenID Connect provider by which people may sign in; `name` is what they know it by."""

    issuer: str
    client_id: str
    client_secret: str
    name: str

    @classmethod
    def from_env(cls) -> "Provider | None":
        """Read KELISHIM_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET and _NAME; None where no issuer is set."""
        parts = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME")
        issuer, client_id, client_secret, name = (os.environ.get(f"KELISHIM_OIDC_{part}", "").strip() for part in parts)
        if not issuer:
            return None
        at = urlsplit(issuer)
        if at.scheme != "https" and not (at.scheme == "http" and at.hostname in ("localhost", "127.0.0.1")):
            raise BadConfig(f"KELISHIM_OIDC_ISSUER: expected https://… as the provider names itself, found {issuer!r}.")
        if not client_id or not client_secret:
            raise BadConfig("KELISHIM_OIDC_CLIENT_ID and KELISHIM_OIDC_CLIENT_SECRET: set both, or no issuer.")
        return cls(issuer=issuer, client_id=client_id, client_secret=client_secret, name=name or str(at.hostname))


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """`database_url` as SQLAlchemy takes it; times are shown in `time_zone`; `max_upload_bytes` bounds a request.

    `public_address` is where people open the installation: links in letters begin with it. `quick_passwords` is for
    tests that sign in a thousand times, and cannot be set from the environment. In the `environment` production nothing
    unsafe is served (app.web.starting); so many `proxies` stand in front and say who asks; `limits_traffic`: what
    everybody sends is counted (app.web.traffic).
    """

    database_url: str
    secret_key: str
    instance_path: Path = ROOT / "instance"
    testing: bool = False
    secure_cookies: bool = False
    time_zone: str = "Asia/Bishkek"
    max_upload_bytes: int = 16 * MEGABYTE
    styleguide: bool = False
    public_address: str = ""
    quick_passwords: bool = False
    mail: MailServer = MailServer()
    provider: Provider | None = None
    log: str = "plain"
    metrics_token: str = ""
    environment: str = ENVIRONMENTS[0]
    proxies: int = 0
    limits_traffic: bool = False

    @classmethod
    def from_env(cls) -> "Config":
        """Read DATABASE_URL, SECRET_KEY, KELISHIM_INSTANCE, _SECURE_COOKIES, _TIME_ZONE, _STYLEGUIDE, _ADDRESS, _LOG,
        _METRICS_TOKEN, _ENVIRONMENT, _PROXIES, _MAX_UPLOAD, _LIMITS, and what there is of the mail server."""
        instance = Path(os.environ.get("KELISHIM_INSTANCE") or ROOT / "instance")
        _make_private(instance)
        mail = MailServer.from_env()
        return cls(
            database_url=_database_url(os.environ.get("DATABASE_URL", ""), instance),
            secret_key=os.environ.get("SECRET_KEY") or _kept_secret(instance / "secret_key"),
            instance_path=instance,
            secure_cookies=_yes_or_no("KELISHIM_SECURE_COOKIES"),
            time_zone=os.environ.get("KELISHIM_TIME_ZONE", "Asia/Bishkek"),
            styleguide=_yes_or_no("KELISHIM_STYLEGUIDE"),
            public_address=_public_address(mail),
            mail=mail,
            provider=Provider.from_env(),
            log=_log_form(),
            metrics_token=_metrics_token(),
            environment=_environment(),
            proxies=_whole("KELISHIM_PROXIES", 0, 0, MOST_PROXIES),
            max_upload_bytes=_whole("KELISHIM_MAX_UPLOAD", 16, 1, MOST_MEGABYTES) * MEGABYTE,
            limits_traffic=_yes_or_no("KELISHIM_LIMITS", "yes"),
        )

    @property
    def is_opened_by_tls(self) -> bool:
        """Whether people open it by https, whatever a proxy passes on."""
        return urlsplit(self.public_address).scheme == "https"


def _database_url(url: str, instance: Path) -> str:
    """SQLite in the instance folder unless told otherwise; `postgres://` forms are given the psycopg driver."""
    if not url:
        return f"sqlite:///{(instance / 'kelishim.sqlite').resolve()}"
    scheme, separator, rest = url.partition("://")
    if scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg{separator}{rest}"
    if scheme in ("sqlite", "postgresql+psycopg"):
        return url
    raise BadConfig(f"DATABASE_URL: expected sqlite:///… or postgresql://…, found {scheme or url!r}.")


def _public_address(mail: MailServer) -> str:
    """Without it links begin as the request came in, which whoever asks can write as they like: so whoever has letters
    sent must say it."""
    address = os.environ.get("KELISHIM_ADDRESS", "").strip().rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise BadConfig(f"KELISHIM_ADDRESS: expected https://… as people open Kelishim, found {address!r}.")
    if mail.host and not address:
        raise BadConfig("KELISHIM_ADDRESS: letters need it for their links: https://… as people open Kelishim.")
    return address


def _log_form() -> str:
    """How the log is written; see `app.web.log_lines`."""
    form = os.environ.get("KELISHIM_LOG") or "plain"
    if form not in LOG_FORMS:
        raise BadConfig(f"KELISHIM_LOG: expected plain or json, found {form!r}.")
    return form


def _metrics_token() -> str:
    """What a monitoring system shows to read /metrics; without one there is no such page."""
    token = os.environ.get("KELISHIM_METRICS_TOKEN", "").strip()
    if token and (len(token) < SHORTEST_TOKEN or not token.isascii()):
        raise BadConfig(f"KELISHIM_METRICS_TOKEN: expected at least {SHORTEST_TOKEN} letters and digits.")
    return token


def _environment() -> str:
    environment = os.environ.get("KELISHIM_ENVIRONMENT") or ENVIRONMENTS[0]
    if environment not in ENVIRONMENTS:
        raise BadConfig(f"KELISHIM_ENVIRONMENT: expected development or production, found {environment!r}.")
    return environment


def _port(name: str, usual: int) -> int:
    return _whole(name, usual, 1, 65535)


def _whole(name: str, usual: int, least: int, most: int) -> int:
    value = os.environ.get(name) or str(usual)
    if not value.isascii() or not value.isdecimal() or len(value) > 9 or not least <= int(value) <= most:
        raise BadConfig(f"{name}: expected a number from {least} to {most}, found {value!r}.")
    return int(value)


def _make_private(folder: Path) -> None:
    """Its owner's alone, where it is made or was empty: whoever has put something there has decided already."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        with suppress(OSError):  # it is somebody else's, who lets us write there
            folder.chmod(0o700)


def _kept_secret(path: Path) -> str:
    """The secret key of this installation: made on the first start, readable by its owner only."""
    if not path.exists():
        partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(partial, path)  # fails, and changes nothing, when another process was first
        except FileExistsError:
            pass
        finally:
            partial.unlink()
    return path.read_text().strip()


def _yes_or_no(name: str, usual: str = "no") -> bool:
    value = (os.environ.get(name) or usual).lower()
    if value in ("yes", "true", "1", "on"):
        return True
    if value in ("no", "false", "0", "off"):
        return False
    raise BadConfig(f"{name}: expected yes or no, found {value!r}.")
