"""How many segments: what each of the usual ways of choosing k says of one pipeline, and how far they agree."""

from segkit.choosing.agreeing import agreed_k, on_k, sentence
from segkit.choosing.curves import curve_of, pipelines_over_k
from segkit.choosing.suggesting import suggestions

__all__ = ["agreed_k", "curve_of", "on_k", "pipelines_over_k", "sentence", "suggestions"]
