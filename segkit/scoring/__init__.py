"""Customers in, segments out: what outlives the fit, what people change about it, and whole files scored with it."""
