"""Wild input at every form, parser, importer, format and command: a short run in `make test`, a long one in `make fuzz`.

Targets stand in modules of their own (`parsers`, `importers`, `exporters`, `requests`, `headers`, `commands`);
`running` sends inputs to them and keeps what failed.
"""
