"""The only SQL. Rows are nouns with an id; a module per noun; a version costs what it changes."""
