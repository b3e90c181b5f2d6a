"""The addresses at the site's repository host where readers can edit a file, open an issue or suggest an entry.

Which program a host runs is known from the settings, or else from a part of its host name. All other hosts are assumed
to work like GitHub.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from generator.content.model import Site


@dataclass(frozen=True, slots=True)
class RepositoryHost:
    """What a host adds to a repository's address.

    `edit` opens `{file}` on `{branch}` to edit it, `tags` an issue about an entry's tags, `paper` an issue that
    suggests an entry, and `named` one that suggests what a reader has searched for; the last three are None if the host
    has no such form. The reader's browser fills in `{title}`, `{paper}`, `{tags}` and `{body}`, and for `named` the
    issue's title, `{issue}`, and the `{title}` and the `{identifier}` of the entry, as far as they are known.
    """

    edit: str
    tags: str | None
    paper: str | None
    named: str | None


SUGGESTION_TITLE = "Entry: "
SUGGESTION_BODY = "### arXiv id, DOI, ISBN or address\n\n\n\n### Why\n\n"  # as the form of GitHub lays it out
NAMED_BODY = "### arXiv id, DOI, ISBN or address\n\n{identifier}\n\n### Title\n\n{title}\n\n### Why\n\n"
FORGEJO_HOST = RepositoryHost(
    "_edit/{branch}/{file}",
    "issues/new?title={title}&body={body}",
    "issues/new?template=.github/ISSUE_TEMPLATE/paper.yml",  # which it reads as GitHub does
    "issues/new?template=.github/ISSUE_TEMPLATE/paper.yml&title={issue}"
    "&field%3Aidentifier={identifier}&field%3Awork-title={title}",
)
HOST_PROGRAMS: Mapping[str, RepositoryHost] = {
    "github": RepositoryHost(
        "edit/{branch}/{file}",
        "issues/new?template=tags.yml&title={title}&paper={paper}&tags={tags}",
        "issues/new?template=paper.yml",
        "issues/new?template=paper.yml&title={issue}&identifier={identifier}&work-title={title}",
    ),
    "gitlab": RepositoryHost(
        "-/edit/{branch}/{file}",
        "-/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={body}",
        f"-/issues/new?issue%5Btitle%5D={quote(SUGGESTION_TITLE)}&issue%5Bdescription%5D={quote(SUGGESTION_BODY)}",
        f"-/issues/new?issue%5Btitle%5D={{issue}}&issue%5Bdescription%5D={quote(NAMED_BODY, safe='{}')}",
    ),
    "forgejo": FORGEJO_HOST,
    "gitea": FORGEJO_HOST,
    "bitbucket": RepositoryHost("src/{branch}/{file}?mode=edit&at={branch}", None, None, None),
}
PROGRAMS_BY_HOST_NAME: Mapping[str, str] = {"codeberg": "forgejo"} | {
    name: name for name in HOST_PROGRAMS
}  # by a part of the name


def edit_address(site: Site, file: str) -> str | None:
    """Return the address where a file of the repository can be edited in the browser, if any."""
    within = repository_host(site).edit.replace("{branch}", quote(site.branch)).replace("{file}", quote(file))
    return repository_address(site, within)


def issue_address(site: Site) -> str | None:
    """Return the address of a new issue about an entry's tags, if any; the reader's browser fills it in."""
    return repository_address(site, repository_host(site).tags)


def suggestion_address(site: Site) -> str | None:
    """Return the address of a new issue that suggests an entry, if any."""
    return repository_address(site, repository_host(site).paper)


def named_suggestion_address(site: Site) -> str | None:
    """Return the address of a new issue that suggests an entry, if any, for the reader's browser to fill in."""
    return repository_address(site, repository_host(site).named)


def repository_address(site: Site, within: str | None) -> str | None:
    """Return an address within the repository, or None if either part is missing."""
    return f"{site.repository.rstrip('/')}/{within}" if site.repository and within else None


def repository_host(site: Site) -> RepositoryHost:
    """Return the host of the site's repository."""
    name = urlsplit(site.repository or "").hostname or ""
    known = next((program for part, program in PROGRAMS_BY_HOST_NAME.items() if part in name), "github")
    return HOST_PROGRAMS[site.host or known]
