"""The commands, one file each: thin entry points over the library."""
