"""Passwords, keys and signatures in addresses, taken out of whatever is shown, logged or kept."""

import re

# `user:password@`, up to the last @ of a password that holds some; a port and a path before an @ are none.
_ACCOUNT = re.compile(r"(://[^/@\s:'\"]*:)(?!\d+/)[^\s'\"]+@")
# A name alone before the host of a web page is a key.
_KEY = re.compile(r"(https?://)[^/@\s:'\"]+@", re.IGNORECASE)
_WORDS = r"password|passwd|pwd|token|sas|sig|signature|secret|credential|key|code"
_PARAMETER = re.compile(rf"([?&;](?:[\w.-]*[_.-])?(?:{_WORDS})=)[^&;\s'\"]+", re.IGNORECASE)


def masked(text: str) -> str:
    """Text in which no address holds a secret.

    >>> masked("postgresql://ann:secret@db/shop"), masked("https://shop.example/a.csv?sv=2&sig=a%2Fb")
    ('postgresql://ann:***@db/shop', 'https://shop.example/a.csv?sv=2&sig=***')
    """
    if "://" not in text and "?" not in text:
        return text
    return _PARAMETER.sub(r"\1***", _KEY.sub(r"\1***@", _ACCOUNT.sub(r"\1***@", text)))
