"""Citations in a law's text: their words in eight languages, what they name, how they follow a renumbering."""
