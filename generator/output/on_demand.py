"""A site whose files are made when they are asked for, for a list that is being edited.

Of thousands of pages, a curator looks at few between two edits. So each page is built alone when its address is asked
for, by the site builder that also builds the whole site, and kept until the list changes.
"""

from collections.abc import Mapping
from threading import Lock

from generator.output.site_builder import PAGE_SUFFIX, UNKNOWN_PAGE, SiteBuilder, is_built_file
from generator.output.write import FileContent, content_bytes

INDEX_FILE = "/index.html"
HOME_SOURCE = "index.md"


class SiteOnDemand:
    """The newest state of a site. `files` are made from the list: the sources of pages, and all other files."""

    def __init__(self, builder: SiteBuilder) -> None:
        self.builder = builder
        self.files: Mapping[str, FileContent] = {}
        self.made: dict[str, bytes] = {}
        self.lock = Lock()  # held while a file is made

    def renew(self, files: Mapping[str, FileContent]) -> None:
        """Serve these files from now on."""
        with self.lock:
            self.files, self.made = files, {}

    def __contains__(self, name: str) -> bool:
        return self.source_of(name) in self.files

    def read(self, name: str) -> bytes:
        """Return what a file of the site holds.

        Raises:
            ChildProcessError: The site builder failed.
        """
        with self.lock:
            if name not in self.made:
                self.made[name] = self.make(name)
            return self.made[name]

    def make(self, name: str) -> bytes:
        source = self.source_of(name)
        content = content_bytes(self.files[source])
        if not is_built_file(name):
            return content
        try:
            return self.builder.page(source, content, name)
        finally:
            self.builder.start_waiting()

    def source_of(self, name: str) -> str:
        """Return the name of the file from which one of the site is made."""
        if not is_built_file(name):
            return name if not name.endswith(PAGE_SUFFIX) else ""
        if name == UNKNOWN_PAGE:
            return HOME_SOURCE
        stem = f"/{name}".removesuffix(INDEX_FILE).lstrip("/")
        folder = f"{stem}/{HOME_SOURCE}".lstrip("/")
        return folder if folder in self.files else f"{stem}{PAGE_SUFFIX}"
