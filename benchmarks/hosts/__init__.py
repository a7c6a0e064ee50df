"""Several hosts on one machine, each a network namespace with a folder, a name and a view of the disk of its own."""
