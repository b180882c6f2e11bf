"""Pages, the API and the command line: what people at the shop look at and type."""
