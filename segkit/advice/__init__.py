"""What to do with segments, in sentences that carry the figure they rest on. Values in, values out."""
