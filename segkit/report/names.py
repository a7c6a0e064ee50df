"""The names and descriptions of a report's segments as a file that people edit and give back."""

from segkit.profiles.names_file import Called, names_text
from segkit.report.content import Content


def names_of(content: Content) -> str:
    """The file's text."""
    called = {card.segment: Called(card.name, card.paragraph) for card in content.cards}
    return names_text(called, content.told.model)
