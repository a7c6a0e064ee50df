"""The model registry: versions are registered, promoted, edited, rolled back and listed."""
