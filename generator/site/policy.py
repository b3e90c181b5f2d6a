"""What a browser may do on the site's pages, and the file by which hosts say so in the headers of their answers.

The pages state their policy themselves, in a `<meta>` element, since many hosts send no headers of a site's own (GitHub
Pages does not). Netlify, Cloudflare Pages and others read them from `_headers` at the root of the site. The headers add
what a `<meta>` element cannot say, and the types of the files that hosts do not know.
"""

from collections.abc import Mapping

from generator.citations.formats import CITATION_FORMATS
from generator.site.app import MANIFEST_TYPE

WORKER_POLICY = (
    "service-worker"  # the name by which a script may register the site's own service worker, and nothing else
)
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        f"trusted-types {WORKER_POLICY}",
    )
)
UNUSED_FEATURES = "accelerometer camera geolocation gyroscope magnetometer microphone midi payment usb".split()
EVERYWHERE = {
    "Content-Security-Policy": f"{PAGE_POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
    "Access-Control-Allow-Origin": "*",  # programs in browsers may read the data; the site knows no visitors
}
TEXT = "; charset=utf-8"  # needless for JSON, which is always in UTF-8
TYPES_BY_EXTENSION = {
    **{of.extension: of.media_type + ("" if of.is_json else TEXT) for of in CITATION_FORMATS},
    "atom": f"application/xml{TEXT}",  # with its own type, browsers show a feed as source text or save it
    "csv": f"text/csv{TEXT}",
    "webmanifest": f"{MANIFEST_TYPE}{TEXT}",
    "txt": f"text/plain{TEXT}",  # the Markdown twins too
}


def host_headers() -> str:
    """Return the file `_headers`.

    Hosts join the values of a header that several rules set, so each header is set by one rule for any path. A rule has
    one `*`, which stands for any characters, slashes too. Cloudflare takes 100 rules and 2,000 characters to a line.
    """
    types = {f"/*.{extension}": {"Content-Type": of} for extension, of in TYPES_BY_EXTENSION.items()}
    rules = {"/*": EVERYWHERE} | types | {"/sw.js": {"Cache-Control": "no-cache"}}
    return "".join(f"{path}\n{header_lines(headers)}" for path, headers in rules.items())


def header_lines(headers: Mapping[str, str]) -> str:
    """Return the lines of a rule below its path."""
    return "".join(f"  {name}: {value}\n" for name, value in headers.items())
