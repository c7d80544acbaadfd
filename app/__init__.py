"""Kelishim: where a draft law gets agreed. Nothing is imported here, so that the domain never loads Flask."""
