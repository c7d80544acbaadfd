"""Letters as they are written: a template for each kind, in its reader's language. The outbox is in the store."""
