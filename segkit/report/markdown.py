"""The report as a text in Markdown, for a wiki, a ticket or a mail."""

from collections.abc import Iterator

from segkit.advice.limitations import limitations_markdown
from segkit.report.cards import Card
from segkit.report.content import Content


def report_markdown(content: Content) -> str:
    """The same in the same order as the page, without its pictures."""
    return "\n".join(_lines(content)).rstrip() + "\n"


def _lines(content: Content) -> Iterator[str]:
    yield from (f"# {content.title}: who the segments are", "", f"**{content.recommendation}**", "")
    if content.inside:
        yield from (content.inside, "")
    if content.against:
        yield from (content.against, "")
    yield from ("## Which segments first", "")
    for row in content.advice.first.to_dict("records"):
        yield f"- {row['name'] if row['knocked_out'] else _bold(row['name'])}: {row['reason']}"
    yield ""
    for card in content.cards:
        yield from _card(card)
    yield from ("## Rules", "", content.rules or "There are no rules to be had.", "")
    if content.sql:
        yield from ("```sql", content.sql.rstrip(), "```", "")
    yield from ("## How far to rely on it", "", limitations_markdown(content.advice.limitations))
    if content.portrait.typing:
        yield from ("## Questions that place a customer", "", content.portrait.typing.markdown(content.portrait.names))
    yield from ("## Evidence", "", content.answer, "", *(f"- {one}" for one in content.advice.glossary), "")
    yield from ("## How it was made", "", *(f"- {name}: {value}" for name, value in content.made.items()))


def _card(card: Card) -> Iterator[str]:
    yield from (f"## {card.name}", "", ", ".join(f"{value} {title}" for value, title in card.figures), "")
    yield from (card.paragraph, "")
    parts: dict[str, tuple[str, ...]] = {
        "Recognise them by": card.facts,
        "A rule that finds them": (card.rule,) if card.rule else (),
        "What became of them": card.outcomes,
        "They prefer": card.prefers,
        "What comes next": (card.ahead,) if card.ahead else (),
        "Worth testing": tuple(f"{test}, because {because}" for test, because in card.ideas),
    }
    for title, lines in parts.items():
        if lines:
            yield from (f"{title}:", "", *(f"- {line}" for line in lines), "")
    if card.reliance:
        yield from (f"How sure: {card.reliance}.", "")


def _bold(text: str) -> str:
    return f"**{text}**"
