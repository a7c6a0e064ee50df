"""What speaks for and against a segmentation, beyond the numbers of the run that found it."""
