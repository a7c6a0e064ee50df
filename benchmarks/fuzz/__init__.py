"""Random damage to what segkit reads, and tables and command lines that nobody would write."""
