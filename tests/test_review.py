"""What a reviewer is told of a change: which files, which raw ones were touched, what stops the edition."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from scripts import check
from tests import builders

from jianggao import review
from jianggao.errors import SpeechError
from jianggao.model import Problem

SPEECH = "在全县工作会议上的讲话\n\n同志们：\n今天的会议很重要，大家要把各项工作抓实抓细。\n谢谢大家！\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three committed raw files with a rulebook beside them, in a repository of their own."""
    root = tmp_path / "speeches"
    (root / "sub").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        (root / name).write_text(f"{SPEECH}（{name}）", encoding="utf-8")
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "noise.toml").write_text("# 1\n", encoding="utf-8")
    (rules / "README.md").write_text("1\n", encoding="utf-8")
    monkeypatch.setattr(review, "RULES", rules)
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    return root


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=n", "-c", "user.email=n@n.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")


def test_new_files_and_changed_sidecars_are_reviewed_without_a_reminder(root: Path) -> None:
    (root / "新.txt").write_text("新", encoding="utf-8")
    (root / "sub/c.txt.toml").write_text('title = "题"', encoding="utf-8")
    (root / "README.md").write_text("说明", encoding="utf-8")
    found = review.changes(root, "main")
    assert found.files >= {"新.txt", "sub/c.txt"}
    assert not found.files & {"a.txt", "b.txt"}
    assert review.reminders(found) == []


def test_a_raw_file_that_was_changed_or_deleted_is_a_reminder(root: Path) -> None:
    (root / "a.txt").write_text("改过", encoding="utf-8")
    (root / "sub/c.txt").unlink()
    found = review.changes(root, "main")
    assert (found.altered, found.deleted) == (("a.txt",), ("sub/c.txt",))
    changed, deleted = review.reminders(found)
    assert "a.txt 原始文件被改动过：应当保持收到时的样子；它的编号和网址会变" in changed
    assert "sub/c.txt 原始文件被删去：其中讲话的网页会消失" in deleted


def test_a_raw_file_that_only_moved_is_no_reminder(root: Path) -> None:
    git(root, "mv", "a.txt", "sub/d.txt")
    found = review.changes(root, "main")
    assert "sub/d.txt" in found.files
    assert review.reminders(found) == []


def test_what_others_did_since_is_no_change_of_ours(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "ours")
    (root / "ours.txt").write_text("我们的", encoding="utf-8")
    commit(root)
    git(root, "checkout", "-q", "main")
    (root / "theirs.txt").write_text("他们的", encoding="utf-8")
    commit(root)
    git(root, "checkout", "-q", "ours")
    found = review.changes(root, "main")
    assert (found.files, found.deleted) == (frozenset({"ours.txt"}), ())


def test_changed_rules_ask_for_a_check_of_everything(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rules/README.md").write_text("2\n", encoding="utf-8")
    assert not review.changes(root, "main").rules
    (tmp_path / "rules/noise.toml").write_text("# 2\n", encoding="utf-8")
    assert review.changes(root, "main").rules
    assert check.main(["--since", "main", "--dir", str(root)]) == 0
    said = capsys.readouterr().out
    assert "整理规则自 main 以来改动过" in said
    assert "不加 --since 再查一遍" in said


def test_rules_of_another_repository_are_left_out(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "noise.toml").write_text("# 3\n", encoding="utf-8")
    monkeypatch.setattr(review, "RULES", elsewhere)
    assert not review.changes(root, "main").rules


@pytest.mark.parametrize("revision", ["nope", "--output=x", ""])
def test_an_unknown_revision_is_told_without_the_words_of_git(
    root: Path, revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check.main([f"--since={revision}", "--dir", str(root)]) == 1
    said = capsys.readouterr().err
    assert f"git 找不到版本 {revision}" in said
    assert "fatal" not in said
    assert not (root / "x").exists()


def test_a_folder_outside_a_repository_and_a_machine_without_git_are_told(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SpeechError, match="不在 git 版本库里"):
        review.changes(tmp_path_factory.mktemp("plain"), "main")
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(SpeechError, match="没有 git"):
        review.changes(root, "main")


def test_a_duplicate_stops_the_review_of_either_file_and_of_no_other() -> None:
    first, second, other = (builders.speech("正文", id=f"2024-0000000{n}", file=f"{n}.txt") for n in (1, 2, 3))
    problems = [
        Problem("error", "和 2.txt 是同一份原件", "留一份，删一份", None, "1.txt"),
        Problem("error", "和 1.txt 是同一份原件", "留一份，删一份", None, "2.txt"),
    ]
    corpus = builders.corpus(first, second, other, problems=problems)
    for only, fails in (({"1.txt"}, True), ({"2.txt"}, True), ({"3.txt"}, False), (None, True)):
        assert review.has_errors(corpus, only) is fails
    assert any("1.txt: 和 2.txt 是同一份原件" in block for block in review.report(corpus, {"1.txt"}))
    both = "\n".join(review.report(corpus, {"1.txt", "2.txt"}))
    assert "1.txt: 和 2.txt 是同一份原件" in both
    assert "2.txt: 和 1.txt 是同一份原件" in both


def test_a_file_that_was_submitted_twice_fails_whichever_of_the_two_is_new(root: Path) -> None:
    for copy in ("0.txt", "z.txt"):  # before and after the one that is there, in path order
        (root / copy).write_bytes((root / "a.txt").read_bytes())
        assert check.main(["--since", "main", "--dir", str(root)]) == 1
        (root / copy).unlink()
