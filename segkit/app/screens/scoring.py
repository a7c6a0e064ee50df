"""What the addresses of scored files do: choose a version, bring a file, see how far it is, download it."""

import shlex
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from segkit.app.addresses import of_model
from segkit.app.requests import Form, posted
from segkit.app.running import work
from segkit.app.scoring.files import DAYS, Score, Scores
from segkit.app.settings import Settings
from segkit.app.showing import go_to, page
from segkit.errors import UserError


class ScoreScreens:
    """The screens about scored files, of the app that is started with these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.scores = Scores(settings.folder / "scores")

    @property
    def routes(self) -> list[Route]:
        """The addresses."""
        choose, score = "/models/{name}/score", "/scores/{score}"
        return [
            Route(choose, self.choose),
            Route(choose, self.bring, methods=["PUT"]),
            Route(score, self.scored),
            Route(f"{score}/progress", self.progress),
            Route(f"{score}/download", self.download),
            Route(f"{score}/stop", posted(self.stop), methods=["POST"]),
            Route(f"{score}/again", posted(self.again), methods=["POST"]),
            Route(f"{score}/delete", posted(self.delete), methods=["POST"]),
        ]

    def choose(self, request: Request) -> Response:
        """Choose a version and what is asked, and bring the file."""
        from segkit.app.scoring.scoring import EXTRAS, choices_of

        name, version = request.path_params["name"], request.query_params.get("version", "")
        choices, largest = choices_of(self.settings, self.scores, name), self.settings.largest
        return page("score.html.jinja", choices=choices, extras=EXTRAS, chosen=version, largest=largest, days=DAYS)

    async def bring(self, request: Request) -> Response:
        """A file's bytes, with its name and what is asked in the address; scoring begins at once."""
        from segkit.app.brought.uploads import brought
        from segkit.app.scoring.scoring import begun, clear_away

        asked = dict(request.query_params)
        await run_in_threadpool(clear_away, self.scores)
        place, file = await brought(self.scores, request, self.settings.largest)
        model = request.path_params["name"]
        score = await run_in_threadpool(begun, self.settings, self.scores, place, file, model, asked)
        return JSONResponse({"address": f"/scores/{score.id}"}, status_code=201)

    def scored(self, request: Request) -> Response:
        """How far scoring is, or what came out."""
        from segkit.app.scoring.going import complaint_of, going
        from segkit.app.scoring.scored import scored_of
        from segkit.app.scoring.scoring import EXTRAS

        score = self._score(request)
        found = work.work_of(score.folder)
        command = shlex.join(["segkit", "score", *score.arguments, *self.settings.said])
        if found is None or found.state != work.DONE:
            state: Any = going(found) if found else {"state": work.FAILED, "says": "", "total": 0, "done": 0}
            complaint = complaint_of(found, score.folder) if found else "it was never begun"
            lacks = EXTRAS["absent"][0] not in score.asked and "absent=unknown" in complaint
            about: Any = {"score": score, "going": state, "complaint": complaint, "lacks": lacks}
            return page("scoring.html.jinja", command=command, **about)
        return page("scored.html.jinja", shown=scored_of(score, found.answer), command=command, days=DAYS)

    def progress(self, request: Request) -> Response:
        """How far scoring is."""
        from segkit.app.scoring.going import going

        found = work.work_of(self._score(request).folder)
        return JSONResponse(going(found) if found else {"state": "none"})

    def download(self, request: Request) -> Response:
        """The scored file, to be saved."""
        score = self._score(request)
        if work.done_in(score.folder) is None or not score.output.is_file():
            raise UserError(f"{score.file} is not scored yet", "wait for it")
        kind = "text/csv" if score.ending == ".csv" else "application/vnd.apache.parquet"
        return FileResponse(score.output, media_type=kind, filename=score.download)

    def stop(self, request: Request, form: Form) -> Response:
        """Stop scoring; nothing of it is left half-written."""
        work.stop(self._score(request).folder)
        return go_to(request.url.path.removesuffix("/stop"))

    def again(self, request: Request, form: Form) -> Response:
        """Score once more what was stopped or has failed, where asked for with columns that may be missing."""
        from segkit.app.scoring.scoring import begun_again

        begun_again(self.settings, self.scores, self._score(request), "absent" in form)
        return go_to(request.url.path.removesuffix("/again"))

    def delete(self, request: Request, form: Form) -> Response:
        """Delete a file and what came of it."""
        from segkit.app.scoring.scoring import forgotten

        score = self._score(request)
        forgotten(score)
        return go_to(f"{of_model(score.model)}/score")

    def _score(self, request: Request) -> Score:
        return self.scores.get(request.path_params["score"])
