"""Algorithms that scikit-learn lacks, or that must first be fitted to the scale of a space. Each says what it needs."""
