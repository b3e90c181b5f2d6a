"""The site's repository in; the addresses out where readers can edit a file, open an issue or suggest a paper.

A host is one entry of `REPOSITORY_HOSTS`, found by a part of its name. Any other is taken to work as GitHub does.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from generator.content.model import Site


@dataclass(frozen=True, slots=True)
class RepositoryHost:
    """What a host adds to a repository's address: before a file to edit, for an issue about a paper's tags, and for one
    that suggests a paper. None where the host cannot fill in an issue.

    `{title}`, `{paper}`, `{tags}` and `{body}` stand for what the reader's browser fills in.
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
    """Where a file of the repository can be edited in the browser."""
    return repository_address(site, f"{repository_host(site).edit}/{quote(site.branch)}/{quote(file)}")


def issue_address(site: Site) -> str | None:
    """Where an issue about a paper's tags can be opened, as a template for the reader's browser to fill in."""
    return repository_address(site, repository_host(site).tags)


def suggestion_address(site: Site) -> str | None:
    """Where an issue that suggests a paper can be opened."""
    return repository_address(site, repository_host(site).paper)


def repository_address(site: Site, within: str | None) -> str | None:
    """An address within the repository, if there are both."""
    return f"{site.repository.rstrip('/')}/{within}" if site.repository and within else None


def repository_host(site: Site) -> RepositoryHost:
    """The host of the site's repository."""
    name = urlsplit(site.repository or "").hostname or ""
    return next((host for part, host in REPOSITORY_HOSTS.items() if part in name), GITHUB_HOST)
