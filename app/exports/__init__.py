"""Values of the domain → what leaves the house; one module per format."""
