"""The addresses at the site's repository host where readers can edit a file, open an issue or suggest a paper.

A host is an entry in `REPOSITORY_HOSTS`, matched by a part of its host name. All other hosts are assumed to work like
GitHub.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from generator.content.model import Site


@dataclass(frozen=True, slots=True)
class RepositoryHost:
    """The parts that a host adds to a repository's address.

    `edit` precedes the branch and path of a file to edit, `tags` opens an issue about a paper's tags, and `paper` opens
    an issue that suggests a paper; they are None if the host has no such form. The reader's browser fills in `{title}`,
    `{paper}`, `{tags}` and `{body}`.
    """

    edit: str
    tags: str | None
    paper: str | None


GITHUB_HOST = RepositoryHost(
    "edit",
    "issues/new?template=tags.yml&title={title}&paper={paper}&tags={tags}",
    "issues/new?template=paper.yml",
)
FORGEJO_HOST = RepositoryHost("_edit", "issues/new?title={title}&body={body}", "issues/new")
REPOSITORY_HOSTS = {
    "gitlab": RepositoryHost("-/edit", "-/issues/new?issue[title]={title}&issue[description]={body}", "-/issues/new"),
    "codeberg": FORGEJO_HOST,
    "forgejo": FORGEJO_HOST,
    "gitea": FORGEJO_HOST,
    "bitbucket": RepositoryHost("src", None, None),
}


def edit_address(site: Site, file: str) -> str | None:
    """Return the address where a file of the repository can be edited in the browser, if any."""
    return repository_address(site, f"{repository_host(site).edit}/{quote(site.branch)}/{quote(file)}")


def issue_address(site: Site) -> str | None:
    """Return the address of a new issue about a paper's tags, if any; the reader's browser fills it in."""
    return repository_address(site, repository_host(site).tags)


def suggestion_address(site: Site) -> str | None:
    """Return the address of a new issue that suggests a paper, if any."""
    return repository_address(site, repository_host(site).paper)


def repository_address(site: Site, within: str | None) -> str | None:
    """Return an address within the repository, or None if either part is missing."""
    return f"{site.repository.rstrip('/')}/{within}" if site.repository and within else None


def repository_host(site: Site) -> RepositoryHost:
    """Return the host of the site's repository."""
    name = urlsplit(site.repository or "").hostname or ""
    return next((host for part, host in REPOSITORY_HOSTS.items() if part in name), GITHUB_HOST)
