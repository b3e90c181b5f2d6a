"""A paper in; the web addresses where it, and what comes with it, can be found. An address that it lacks is empty."""

from urllib.parse import quote

from generator.content.model import Paper


def arxiv_address(paper: Paper) -> str:
    """The address of its page on arXiv."""
    return f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else ""


def arxiv_pdf_address(paper: Paper) -> str:
    """The address of its PDF on arXiv."""
    return f"https://arxiv.org/pdf/{paper.arxiv}" if paper.arxiv else ""


def anthology_address(paper: Paper) -> str:
    """The address of its page in the ACL Anthology."""
    return f"https://aclanthology.org/{paper.acl_anthology}/" if paper.acl_anthology else ""


def doi_address(paper: Paper) -> str:
    """The address that its DOI resolves at, whatever characters the DOI has."""
    return f"https://doi.org/{quote(paper.doi, safe='/:;()')}" if paper.doi else ""


def labeled_addresses(paper: Paper) -> list[tuple[str, str]]:
    """All addresses that are known, each after the label of its button."""
    addresses = (
        ("arXiv", arxiv_address(paper)),
        ("PDF", arxiv_pdf_address(paper)),
        ("Code", paper.links.code),
        ("Project", paper.links.project),
        ("ACL Anthology", anthology_address(paper)),
        ("DOI", doi_address(paper)),
    )
    return [(label, address) for label, address in addresses if address]
