"""Commands in processes of their own, and how far they are."""
