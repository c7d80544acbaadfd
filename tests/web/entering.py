"""Signing in through the form, with its token, as a browser does."""

import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "kelishim-demo"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def enter(client: FlaskClient, name: str = "civil", password: str = PASSWORD, **more: str) -> TestResponse:
    form = {"name": name, "password": password, "csrf_token": token(client.get("/sign-in").text), **more}
    return client.post("/sign-in", data=form, headers={"User-Agent": FIREFOX})


def entered(app: Flask, name: str = "civil") -> FlaskClient:
    client = app.test_client()
    assert enter(client, name).status_code == 303
    return client
