"""Whether customers have moved away from the segmentation that they are given: measures, and what follows from them."""
