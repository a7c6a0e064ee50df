"""Between Hydra's configuration and the library: the schema, entry points, plain errors. Nothing here computes."""
