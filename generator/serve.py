"""`make serve`: serves the site at an address, and shows each edit of the content in the pages that are open.

After an edit, the list is read and checked, and the open pages load again. What they ask for is made then. Whatever is
edited meanwhile goes the same way next.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

from generator.build import SETTINGS_FILE, site_builder
from generator.checks.rules import rule_problems
from generator.content.loader import ParsedFiles, load
from generator.content.model import Problem, blocking_problems
from generator.curate.commands import unreadable_file_problems
from generator.curate.editor_schema import content_schemas
from generator.output.on_demand import SiteOnDemand
from generator.output.preview import Preview, PreviewServer, reserve_address, start_serving
from generator.output.printing import escape_controls, print_line
from generator.output.site_builder import LIST_SETTINGS
from generator.output.watch import watch_files
from generator.output.write import write_files
from generator.related.on_request import RelatedOnRequest
from generator.site.catalogue import build_catalogue
from generator.site.page_links import page_link_problems
from generator.site.render import site_files
from generator.site.templating import THEME_FOLDER

MAX_SHOWN_PROBLEMS = 5  # on pages; the terminal has more
Report = Callable[[Callable[[], list[Problem]]], object]  # runs a step, and prints its problems and errors


class ServedList:
    """A list whose site is served while it is edited."""

    def __init__(self, content: Path, schemas: Path, site: SiteOnDemand, server: PreviewServer) -> None:
        self.content, self.schemas, self.site, self.server = content, schemas, site, server
        self.files, self.related = ParsedFiles(), RelatedOnRequest()
        self.is_waiting = False

    def follow_edit(self, report: Report) -> None:
        """Show the newest state of the list; with problems, the last good one."""
        report(self.renew_site)
        if self.server.is_serving:
            return
        if self.site.files:
            start_serving(self.server)
            print_line(f"Serving at {urljoin(self.server.address, self.server.preview.root)} (press Ctrl-C to stop)")
        elif not self.is_waiting:
            self.is_waiting = True
            print_line("There is nothing to serve yet. Fix the problems above, and the site will be served.")

    def renew_site(self) -> list[Problem]:
        """Write the schemas for editors, and let the open pages load again; return the problems, with which the site
        stays as it is."""
        library, unreadable = load(self.content, os.environ, self.files)
        problems = unreadable + rule_problems(library)
        preview = self.server.preview
        if not unreadable_file_problems(library, problems):
            write_files(content_schemas(library), self.schemas)
            preview.root = urlsplit(library.site.address or "/").path or "/"
        blocking = blocking_problems(problems)
        if not blocking:
            files = site_files(build_catalogue(library, self.related.relate(library), for_all=False))
            blocking = [*page_link_problems(library, files)]
        preview.problems = problem_lines(blocking)
        if not blocking:
            settings = {LIST_SETTINGS: files[LIST_SETTINGS]}
            write_files(settings, self.site.builder.pages, is_others=lambda _: True)
            self.site.renew(files)
            preview.renew()
        return blocking


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """Return the first problems as lines, and how many more there are."""
    lines = [escape_controls(str(problem)) for problem in sorted(set(problems))]
    more = len(lines) - MAX_SHOWN_PROBLEMS
    return [*lines[:MAX_SHOWN_PROBLEMS], *([f"and {more} more"] if more > 0 else [])]


def serve_list(
    content: Path,
    schemas: Path,
    pages: Path,
    command: Sequence[str],
    address: str,
    report: Report,
) -> int:
    """Serve the list until a signal ends the program, and return 0.

    `command` builds pages; the name of a settings file is added to it.

    Raises:
        OSError: The address cannot be had.
    """
    with TemporaryDirectory(prefix="site-") as folder:
        builder = site_builder(command, pages, Path(folder, "site"))
        site = SiteOnDemand(builder)
        with reserve_address(address, Preview(site)) as server:
            served = ServedList(content, schemas, site, server)
            builder.start_waiting()
            try:
                return watch_files([content, SETTINGS_FILE, THEME_FOLDER], lambda: served.follow_edit(report))
            finally:
                builder.end()
