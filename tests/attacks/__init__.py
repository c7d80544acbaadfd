"""The product attacked as an enemy would: a module per attack, each driven from the addresses there are."""
