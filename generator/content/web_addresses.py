"""The web addresses of a paper and of its related resources; a missing address is an empty string."""

from urllib.parse import quote

from generator.content.model import Paper


def arxiv_address(paper: Paper) -> str:
    """Return the address of the paper's page on arXiv."""
    return f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else ""


def arxiv_pdf_address(paper: Paper) -> str:
    """Return the address of the paper's PDF on arXiv."""
    return f"https://arxiv.org/pdf/{paper.arxiv}" if paper.arxiv else ""


def anthology_address(paper: Paper) -> str:
    """Return the address of the paper's page in the ACL Anthology."""
    return f"https://aclanthology.org/{paper.acl_anthology}/" if paper.acl_anthology else ""


def doi_address(paper: Paper) -> str:
    """Return the address at which the paper's DOI resolves, with special characters percent-encoded."""
    return f"https://doi.org/{quote(paper.doi, safe='/:;()')}" if paper.doi else ""


def orcid_address(orcid: str) -> str:
    """Return the address of an ORCID iD."""
    return f"https://orcid.org/{orcid}"


LINK_LABELS = {
    "code": "Code",
    "project": "Project",
    "slides": "Slides",
    "video": "Video",
    "data": "Data",
    "demo": "Demo",
}
LATER_LINK_LABELS = {"review": "Review", "discussion": "Discussion"}


def labeled_addresses(paper: Paper) -> list[tuple[str, str]]:
    """Return all known addresses, each preceded by the label of its button, in the order of the buttons."""
    addresses = (
        ("arXiv", arxiv_address(paper)),
        ("Web", paper.url),
        ("PDF", paper.links.pdf or arxiv_pdf_address(paper)),
        *((label, getattr(paper.links, key)) for key, label in LINK_LABELS.items()),
        ("ACL Anthology", anthology_address(paper)),
        ("DOI", doi_address(paper)),
        *((label, getattr(paper.links, key)) for key, label in LATER_LINK_LABELS.items()),
    )
    return [(label, address) for label, address in addresses if address]
