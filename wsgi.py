"""What a server loads: `wsgi:server` for one that speaks ASGI, `wsgi:app` for WSGI and the command line."""

from app.factory import create_app
from app.live.server import Server

app = create_app()
server = Server(app)
