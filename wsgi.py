"""What a server loads: `wsgi:server` for one that speaks ASGI, `wsgi:app` for WSGI and the command line."""

from app.factory import create_app
from app.live.server import Server
from app.web import starting

app = create_app()
if not starting.is_command():
    starting.check(app)
server = Server(app)
