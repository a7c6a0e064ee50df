"""Measured claims: what a sweep costs against plain ways of doing it, how it scales, what survives a kill."""
