"""`make serve`: serves the site at an address, and shows each edit of the content in the pages that are open.

An edit goes one way: the generator writes the pages, the builder renews the site, the server lets the open pages load
again. Each step begins when the one before has ended, and whatever is edited meanwhile goes the same way next.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

from generator.build import SETTINGS_FILE, load_and_check, site_builder, write_site
from generator.content.model import Problem
from generator.curate.commands import unreadable_file_problems
from generator.curate.editor_schema import content_schemas
from generator.output.preview import Preview, PreviewServer, reserve_address, start_serving
from generator.output.printing import print_line
from generator.output.site_builder import SiteBuilder
from generator.output.watch import watch_files
from generator.output.write import MARKER_FILE, write_files
from generator.site.templating import THEME_FOLDER

Report = Callable[[Callable[[], list[Problem]]], object]  # runs a step, and prints its problems and errors


class ServedList:
    """A list whose site is served while it is edited."""

    def __init__(self, content: Path, schemas: Path, builder: SiteBuilder, server: PreviewServer) -> None:
        self.content, self.schemas, self.builder, self.server = content, schemas, builder, server
        self.is_waiting = self.is_built = False

    def follow_edit(self, report: Report) -> None:
        """Show the newest state of the list; with problems, the last good one."""
        report(self.write_pages)
        if (self.builder.pages / MARKER_FILE).exists():
            report(self.renew_site)
        if self.server.is_serving:
            return
        if self.is_built:
            start_serving(self.server)
            print_line(f"Serving at {urljoin(self.server.address, self.server.preview.root)} (press Ctrl-C to stop)")
        elif not self.is_waiting:
            self.is_waiting = True
            print_line("There is nothing to serve yet. Fix the problems above, and the site will be served.")

    def write_pages(self) -> list[Problem]:
        """Write the pages and the schemas for editors; return the problems, with which no page is written."""
        library, problems = load_and_check(self.content)
        if not unreadable_file_problems(library, problems):
            write_files(content_schemas(library), self.schemas)
            self.server.preview.root = urlsplit(library.site.address or "/").path or "/"
        return write_site(library, problems, self.builder.pages, self.builder.site)

    def renew_site(self) -> list[Problem]:
        """Bring the site up to date with the sources of its pages, and let the open pages load again."""
        self.builder.update()
        self.is_built = True
        self.server.preview.renew()
        return []


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
        preview = Preview(Path(folder, "site"))
        builder = site_builder(command, pages, preview.site, preview.being_written)
        with reserve_address(address, preview) as server:
            served = ServedList(content, schemas, builder, server)
            return watch_files([content, SETTINGS_FILE, THEME_FOLDER], lambda: served.follow_edit(report))
