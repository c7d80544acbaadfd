"""The one place where the parts meet: `create_app(config)`."""

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, web
from app.services import passwords
from app.store import db as database
from app.store import tables  # noqa: F401  (every table is known before the first query)
from config import LANGUAGES, ROOT, Config


def create_app(config: Config | None = None) -> Flask:
    """Build the application. Without a configuration it is read from the environment."""
    config = config or Config.from_env()
    app = Flask(
        "app",
        root_path=str(ROOT / "app"),
        instance_path=str(config.instance_path.resolve()),
        template_folder="web/templates",
        static_folder="web/static",
    )
    app.config.update(_settings(config))
    database.db.init_app(app)
    with app.app_context():
        database.prepare(database.db.engine)
    Migrate(app, database.db, directory=str(ROOT / "migrations"))
    web.register(app)
    cli.register(app)
    if config.proxies:  # whoever is asked directly could write these headers as they like
        count = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app


def _settings(config: Config) -> dict[str, object]:
    is_secure = config.secure_cookies or config.is_opened_by_tls
    return {
        "SECRET_KEY": config.secret_key,
        "TESTING": config.testing,
        "STYLEGUIDE": config.styleguide or config.testing,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": database.options(config.database_url),
        "MAX_CONTENT_LENGTH": config.max_upload_bytes,
        "MAX_FORM_MEMORY_SIZE": config.max_upload_bytes,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_secure,
        "SESSION_COOKIE_NAME": "__Host-session" if is_secure else "session",  # no other host's cookie passes for ours
        "BABEL_DEFAULT_LOCALE": LANGUAGES[0],
        "BABEL_DEFAULT_TIMEZONE": config.time_zone,
        "BABEL_TRANSLATION_DIRECTORIES": "web/translations",
        "LANGUAGES": LANGUAGES,
        "PUBLIC_ADDRESS": config.public_address,
        "MAIL": config.mail,
        "PROVIDER": config.provider,
        "LOG": config.log,
        "METRICS_TOKEN": config.metrics_token,
        "ENVIRONMENT": config.environment,
        "PROXIES": config.proxies,
        "LIMITS_TRAFFIC": config.limits_traffic,
        "HASHING": passwords.QUICK if config.quick_passwords else passwords.USUAL,
    }
