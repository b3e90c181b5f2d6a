"""Fills the reader's own list in a browser, by reading a backup on its page as a reader does."""

import json
from typing import Any

from playwright.sync_api import FilePayload, Page, expect

TIMES = dict.fromkeys(("kept", "mark", "star", "note", "tags", "place"), 1_700_000_000_000)


def own_paper(name: str, **fields: Any) -> dict[str, Any]:
    """Return the record of a paper that a reader keeps, with these fields, as a backup has it."""
    empty = {"kept": True, "mark": "", "star": False, "note": "", "tags": [], "place": 0}
    return {"id": name, "title": name.upper(), **empty, **fields, "times": {**TIMES, **fields.get("times", {})}}


def backup(*papers: dict[str, Any], **changed: Any) -> bytes:
    """Return a backup with these records, in which other keys of the file may be changed."""
    return json.dumps({"format": "reading-list/mine", "version": 1, "papers": papers, **changed}).encode()


def read_backup(page: Page, content: bytes) -> None:
    """Choose a file with this content in the dialog of the system that the reader's own page opens."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Read a backup").click()
    chooser.value.set_files(FilePayload(name="my-list.json", mimeType="application/json", buffer=content))


def keep(page: Page, *papers: dict[str, Any]) -> None:
    """Put papers on the reader's list, on whose page the reader is."""
    page.locator("[data-own-files] summary").click()
    read_backup(page, backup(*papers))
    expect(page.locator("header [data-kept]")).to_have_text(f"{sum(paper['kept'] for paper in papers):,}")
    page.get_by_role("button", name="Close").click()


def see_papers(page: Page, *names: str) -> None:
    """Wait until the results are these papers, in this order."""
    expect(page.locator("[data-results][aria-busy=false]")).to_be_attached()
    rows = page.locator("[data-results] > [data-paper]:visible")
    wanted = [*names]
    expect(rows).to_have_count(len(wanted))
    page.wait_for_function(
        "([rows, wanted]) => String([...document.querySelectorAll(rows)].map((row) => row.dataset.paper)) === wanted",
        arg=["[data-results] > [data-paper]", ",".join(wanted)],
    )
