"""What a WSGI server and the command line load: `wsgi:app`."""

from app.factory import create_app

app = create_app()
