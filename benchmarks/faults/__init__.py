"""What befalls a machine: killed commands, full, read-only and locked stores, clocks that jump, stores that move."""
