"""The file by which hosts redirect moved addresses, before the pages at these addresses do.

Netlify, Cloudflare Pages and GitLab Pages read `_redirects` at the root of the site, each in the same syntax: an
address, the one that it leads to, and the status. The pages remain, since other hosts know no such file; GitLab serves
them even where it has a rule, and Netlify unless the status is followed by `!`, which the other two do not know.
"""

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from generator.content.model import Site

MAX_REDIRECT_RULES = 2_000  # that Cloudflare follows; GitLab follows the first 1,000, in 64 kB


def host_redirects(site: Site, moved: Iterable[tuple[str, str]]) -> str:
    """Return the file, of at most `MAX_REDIRECT_RULES` rules; `moved` are addresses with those that they lead to.

    Hosts compare whole paths, so those of a site below the root of its domain begin with its own path. No rule has a
    placeholder: ids have no `*` and no `:`, and those of the site's path are percent-encoded.
    """
    root = quote(urlsplit(site.address or "/").path or "/", safe="/%")
    rules = [f"{root}{old} {root}{new} 301\n" for old, new in moved]
    return "".join(rules[:MAX_REDIRECT_RULES])
