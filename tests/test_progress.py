"""Progress messages for slow work, and none for fast work."""

import sys
import time

import pytest

from generator.output import progress
from generator.output.progress import announced_if_slow, with_counted_progress, with_progress


def test_quick_work_is_silent(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SILENT_SECONDS", 600)
    assert [*with_progress("abc", "reading letters")] == ["a", "b", "c"]
    with announced_if_slow("reading letters…"):
        pass
    assert capsys.readouterr() == ("", "")


def test_slow_work_is_counted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SILENT_SECONDS", 0)
    monkeypatch.setattr(progress, "REPEAT_SECONDS", 0)
    assert [*with_counted_progress([(0, "a"), (1_000, "b")], "reading letters", 2_000)] == ["a", "b"]
    assert capsys.readouterr().err == "reading letters… 0 of 2,000\nreading letters… 1,000 of 2,000\n"


def test_slow_work_has_a_bar_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SILENT_SECONDS", 0)
    monkeypatch.setattr(progress, "REDRAW_SECONDS", 0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert [*with_counted_progress([(0, "a"), (1_000, "b"), (2_000, "c")], "reading letters", 3_000)] == ["a", "b", "c"]
    drawn = capsys.readouterr().err.split("\x1b[K")
    assert drawn[1] == f"\rreading letters {'█' * 10}{'░' * 20} 1,000 of 3,000"
    assert drawn[3:] == ["\r", "\r"]


def test_slow_work_is_announced(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SILENT_SECONDS", 0)
    with announced_if_slow("asking arXiv… try 2 of 4"):
        while not (said := capsys.readouterr().err):
            time.sleep(0.01)
    assert said == "asking arXiv… try 2 of 4\n"
