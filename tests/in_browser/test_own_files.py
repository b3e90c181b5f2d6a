"""The files of the reader's own list: saving it, reading it in another browser, and what is refused."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import visit
from own_list import TIMES, backup, own_paper, read_backup, see_papers
from playwright.sync_api import Browser, Page, expect

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
NOTE = f"# Twice\n\n- {MARKUP}\n- [here](javascript:alert(3))"
KEPT = backup(
    own_paper("wasserstein-gan", note=NOTE, mark="read", tags=["to cite"]), own_paper("tr0n", star=True, place=1)
)


@pytest.fixture
def mine(chromium: Browser, address: str) -> Iterator[Page]:
    """The page of the reader's own list, with nothing in it."""
    with visit(chromium, address, "mine/") as page:
        page.locator("[data-own-files] summary").click()
        yield page


def see_notice(page: Page, text: str) -> None:
    expect(page.locator(".notice [role=status]")).to_have_text(text)


def saved(page: Page, button: str, tmp_path: Path) -> str:
    """Return the text of the file that a button saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(tmp_path / "saved")
    return (tmp_path / "saved").read_text("utf-8")


def test_a_list_moves_to_another_browser(chromium: Browser, address: str, mine: Page, tmp_path: Path) -> None:
    read_backup(mine, KEPT)
    see_notice(mine, "Read: 2 papers added.")
    see_papers(mine, "wasserstein-gan", "tr0n")
    expect(mine.locator("header [data-kept]")).to_have_text("2")
    text = saved(mine, "Save a backup", tmp_path)
    with visit(chromium, address, "mine/") as other:
        other.locator("[data-own-files] summary").click()
        read_backup(other, text.encode())
        see_papers(other, "wasserstein-gan", "tr0n")
        assert json.loads(saved(other, "Save a backup", tmp_path))["papers"] == json.loads(text)["papers"]
        read_backup(other, text.encode())
        see_notice(other, "Everything in this file is in your list already.")
        other.reload()
        see_papers(other, "wasserstein-gan", "tr0n")


def test_a_file_is_merged_and_the_newest_change_stays(mine: Page) -> None:
    read_backup(mine, KEPT)
    row = mine.locator("[data-results] [data-paper=tr0n]")
    row.get_by_label("Mark of").select_option("reading")
    read_backup(mine, backup(own_paper("tr0n", mark="read", note="From afar"), own_paper("gan-dissection", place=2)))
    see_notice(mine, "Read: 1 paper added, 1 paper changed.")
    see_papers(mine, "wasserstein-gan", "tr0n", "gan-dissection")
    expect(row.locator(".own-note")).to_have_text("From afar")
    expect(row.get_by_label("Mark of")).to_have_value("reading")


def test_reading_a_file_can_be_undone(mine: Page) -> None:
    read_backup(mine, backup(own_paper("tr0n", note="Mine")))
    see_papers(mine, "tr0n")
    read_backup(mine, KEPT.replace(b"1700000000000", b"1700000000001"))
    see_papers(mine, "wasserstein-gan", "tr0n")
    mine.get_by_role("button", name="Undo").click()
    see_papers(mine, "tr0n")
    expect(mine.locator("[data-paper=tr0n] .own-note")).to_have_text("Mine")
    mine.reload()
    see_papers(mine, "tr0n")


def test_what_was_removed_elsewhere_is_removed(mine: Page) -> None:
    read_backup(mine, KEPT)
    see_papers(mine, "wasserstein-gan", "tr0n")
    later = {**own_paper("tr0n"), "kept": False, "times": {**TIMES, "kept": TIMES["kept"] + 1}}
    read_backup(mine, backup(later))
    see_notice(mine, "Read: 1 paper removed.")
    see_papers(mine, "wasserstein-gan")


def test_markup_in_a_file_is_text(mine: Page) -> None:
    read_backup(
        mine, backup(own_paper("wasserstein-gan", note=NOTE, tags=[MARKUP[:40]]), own_paper("gone", title=MARKUP))
    )
    expect(mine.locator(".own-note li")).to_have_text([MARKUP, "[here](javascript:alert(3))"])
    expect(mine.locator("[data-gone] b")).to_have_text(MARKUP)
    assert mine.locator(":is([data-own], [data-gone]) :is(img, script)").count() == 0


def test_papers_of_another_list_are_told_and_stay(mine: Page) -> None:
    read_backup(mine, backup(own_paper("tr0n"), *(own_paper(f"other-{at}") for at in range(120))))
    see_notice(mine, "Read: 121 papers added. Not on this site, and at the end of your list: 120 papers.")
    see_papers(mine, "tr0n")
    rows = mine.locator("[data-gone] li")
    expect(rows).to_have_count(50)
    more = mine.get_by_role("button", name="Show more of 120")
    more.click()
    expect(rows).to_have_count(100)
    expect(rows.nth(50).get_by_role("button")).to_be_focused()
    more.click()
    expect(rows).to_have_count(120)
    expect(more).to_be_hidden()


REFUSED = {
    "empty": b"",
    "binary": bytes(range(256)) * 9,
    "a page": b"<!doctype html><title>Not found</title><p>Not found",
    "deep": b"[" * 1_000_000,
    "a newer version": backup(own_paper("tr0n"), version=2),
    "a good paper and a broken one": backup(own_paper("gan-dissection"), own_paper("tr0n", mark="none")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_file_changes_nothing(mine: Page, what: str) -> None:
    read_backup(mine, KEPT)
    see_papers(mine, "wasserstein-gan", "tr0n")
    read_backup(mine, REFUSED[what])
    said = mine.locator(".notice [role=status]")
    expect(said).to_contain_text("Your list is as it was.")
    expect(said).to_contain_text("This file" if what != "a good paper and a broken one" else "Paper 2 of this file")
    mine.reload()
    see_papers(mine, "wasserstein-gan", "tr0n")


def test_many_papers_at_once(mine: Page) -> None:
    papers = [own_paper(f"other-{at}", note="A note. " * 60) for at in range(5_000)]
    read_backup(mine, backup(own_paper("tr0n"), *papers))
    see_notice(mine, "Read: 5,001 papers added. Not on this site, and at the end of your list: 5,000 papers.")
    mine.reload()
    see_papers(mine, "tr0n")
    expect(mine.locator("header [data-kept]")).to_have_text("5,001")


def test_the_list_as_markdown(mine: Page, address: str, tmp_path: Path) -> None:
    read_backup(mine, KEPT)
    see_papers(mine, "wasserstein-gan", "tr0n")
    text = saved(mine, "Save as Markdown", tmp_path)
    lines = text.splitlines()
    assert lines[0].startswith("# My list · ")
    assert f"- [Wasserstein GAN](<{address}papers/wasserstein-gan/>)  " in lines
    assert any(line.endswith("· Read · \\#to-cite") for line in lines)
    assert "  > # Twice" in lines
    mine.get_by_role("button", name="Copy as Markdown").click()
    expect(mine.get_by_role("button", name="Copied")).to_be_visible()
    assert mine.evaluate("navigator.clipboard.readText()") == text
    mine.get_by_label("Choose TR0N").check()
    chosen = saved(mine, "Save as Markdown", tmp_path)
    assert ("tr0n" in chosen, "wasserstein-gan" in chosen) == (True, False)
