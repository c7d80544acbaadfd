"""Configuration, read once from the environment. An unknown value stops the start, in a sentence."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent
LANGUAGES = ("en", "ru", "ky")


class BadConfig(SystemExit):
    """A setting that cannot be used; the process ends with its sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """`database_url` as SQLAlchemy takes it; times are shown in `time_zone`; `max_upload_bytes` bounds a request."""

    database_url: str
    secret_key: str
    instance_path: Path = ROOT / "instance"
    testing: bool = False
    secure_cookies: bool = False
    time_zone: str = "Asia/Bishkek"
    max_upload_bytes: int = 16 * 1024 * 1024
    styleguide: bool = False

    @classmethod
    def from_env(cls) -> "Config":
        """Read DATABASE_URL, SECRET_KEY, KELISHIM_INSTANCE, _SECURE_COOKIES, _TIME_ZONE and _STYLEGUIDE."""
        instance = Path(os.environ.get("KELISHIM_INSTANCE") or ROOT / "instance")
        instance.mkdir(parents=True, exist_ok=True)
        return cls(
            database_url=_database_url(os.environ.get("DATABASE_URL", ""), instance),
            secret_key=os.environ.get("SECRET_KEY") or _kept_secret(instance / "secret_key"),
            instance_path=instance,
            secure_cookies=_yes_or_no("KELISHIM_SECURE_COOKIES"),
            time_zone=os.environ.get("KELISHIM_TIME_ZONE", "Asia/Bishkek"),
            styleguide=_yes_or_no("KELISHIM_STYLEGUIDE"),
        )


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


def _yes_or_no(name: str) -> bool:
    value = os.environ.get(name, "no").lower()
    if value in ("yes", "true", "1", "on"):
        return True
    if value in ("no", "false", "0", "off", ""):
        return False
    raise BadConfig(f"{name}: expected yes or no, found {value!r}.")
