"""Live updates: what the record gains, told to open pages. One reader of the record a process, however many listen."""
