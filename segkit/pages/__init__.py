"""What all pages share: their template's surroundings, their look, and how they are written.

A page is one file that loads nothing, so that it can be mailed, kept and printed.
"""
