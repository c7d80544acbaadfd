"""Use cases, a function each: check permission, load, ask the domain, store, record the event, commit."""
