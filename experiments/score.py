"""give new customers their segment, with the champion or another registered model"""

from typing import Any

from segkit.config.entry import entry


def score(config: Any) -> None:
    """Read, score, write; print a summary."""
    from segkit.config.scoring import asked_of, input_of, writer_of
    from segkit.config.stored import store_of
    from segkit.output import as_json, check_format, emit
    from segkit.scoring.into import score_into
    from segkit.scoring.summary import summary_text
    from segkit.tracking.registry.versions import find_version, version_scorer

    check_format(config.format, ("table", "json"))
    writer, output = writer_of(config)
    given = input_of(config)
    store = store_of(config.tracking, must_exist=True)
    found = find_version(store, config.model)
    scorer = version_scorer(store, found)
    asked = asked_of(config, scorer.id_column)
    said = {"model": f"{found.model}/{found.version}", "output": output}
    summary = said | score_into(writer, scorer, given, asked)
    emit(config.format, {"table": lambda: summary_text(summary), "json": lambda: as_json(summary)})


main = entry("score", score)

if __name__ == "__main__":
    main()
