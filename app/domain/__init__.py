"""The law core: pure values and functions. No Flask, no SQL, no clock, no files."""
