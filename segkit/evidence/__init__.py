"""What speaks for a segmentation and against it, beyond the measures of its own space. Values in, values out."""
