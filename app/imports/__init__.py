"""Bytes from outside → values of the domain; one module per format."""
