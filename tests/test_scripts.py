"""The commands as a person types them: in Chinese, in UTF-8, quiet when nobody reads on, clear about what is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from scripts import _cli, bench, bench_reading, bundle, check, ensure_browser, explain, search, try_rule
from tests.search import small

from jianggao.search import engine
from jianggao.search.archive import Archive

ROOT = Path(__file__).parents[1]
COMMANDS = tuple(sorted(path.name for path in (ROOT / "scripts").glob("[a-z]*.py")))
ENGLISH = re.compile(
    r"usage|options|positional|argument|required|error|show this|message|exit|choose|invalid", re.IGNORECASE
)
SPEECH = "在全县工作会议上的讲话\n\n同志们：\n今天的会议很重要，大家要把各项工作抓实抓细。\n谢谢大家！\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three raw files, one of them in a folder of its own, and a sidecar."""
    root = tmp_path / "speeches"
    (root / "b").mkdir(parents=True)
    for number, name in enumerate(("a.txt", "b/m.txt", "c.txt")):
        (root / name).write_text(SPEECH.replace("全县", f"第{number}次"), encoding="utf-8")
    (root / "a.txt.toml").write_text('speaker = "何远山"\n', encoding="utf-8")
    return root


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(ROOT / "scripts" / script), *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False)


@pytest.mark.parametrize("command", [bench, bench_reading, bundle, check, explain, search, try_rule])
def test_help_and_wrong_usage_are_in_chinese(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, status in ((["-h"], 0), (["--nope=1", "x"], 2)):
        with pytest.raises(SystemExit) as ended:
            command.main(arguments)
        said = "".join(capsys.readouterr())
        assert ended.value.code == status
        assert "用法：" in said
        assert not ENGLISH.search(re.sub(r"--\w+|<\w+>", "", said))


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "没有写检索词"),
        (["a", "--limit"], "--limit 后面没有写内容"),
        (["a", "--limit", "x"], "--limit 后面要写整数，不能是 x"),
        (["a", "--sort", "x"], "--sort 不能是 x，只能是 relevance、newest、oldest"),
        (["a", "--json=1"], "--json 后面不写内容"),
        (["a", "b"], "不认识：b"),
        (["a", "--jso"], "不认识：--jso"),
    ],
)
def test_a_wrong_usage_says_what_is_wrong(arguments: list[str], what: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        search.main(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert what in said.splitlines()[0]
    assert "怎么办：" in said


@pytest.mark.parametrize(
    "arguments", [["-gdp"], ["-s工作"], ["--", "-gdp 工作"], ["-gdp 工作", "--json"], ["--json", "-1"]]
)
def test_a_query_may_begin_with_a_minus_sign(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small.make(tmp_path)
    asked: list[str] = []

    def listening(archive: Archive, query: str, **options: Any) -> dict[str, Any]:
        asked.append(query)
        return engine.search(archive, query, **options)

    monkeypatch.setattr(search, "search", listening)
    assert search.main(["--site", str(tmp_path), *arguments]) in (0, 2)
    assert asked == [next(a for a in arguments if re.match("-[^-]", a))]
    assert capsys.readouterr().err == ""


def files_told(out: str) -> list[str]:
    return [json.loads(line)["file"] for line in out.splitlines()]


def test_explain_keeps_path_order_and_takes_no_file_twice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, m, c = (str(folder / name) for name in ("a.txt", "b/m.txt", "c.txt"))
    for arguments, files in (
        ([c, a], ["a.txt", "c.txt"]),
        ([c, m, a, c], ["a.txt", "m.txt", "c.txt"]),
        ([m, str(folder)], ["a.txt", "b/m.txt", "c.txt"]),
        ([str(folder / "b"), c, f"{folder}/b/..", str(folder)], ["a.txt", "b/m.txt", "c.txt"]),
    ):
        assert explain.main([*arguments, "--json"]) == 0
        assert files_told(capsys.readouterr().out) == files


def test_explain_refuses_what_is_no_raw_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, what in (
        (folder / "没有.txt", "找不到"),
        (folder / "a.txt.toml", f"这是旁注，不是原始文件\n怎么办：写它说明的原始文件：{folder / 'a.txt'}\n"),
    ):
        assert explain.main([str(folder / "c.txt"), str(path)]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert str(path) in said.err
        assert what in said.err


def test_output_is_utf8_under_any_locale(folder: Path) -> None:
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    done = run("explain.py", str(folder), **poor)
    assert done.returncode == 0
    assert "何远山" in done.stdout.decode("utf-8")
    wrong = run("explain.py", **poor)
    assert wrong.returncode == 2
    assert "没有写路径" in wrong.stderr.decode("utf-8")


@pytest.mark.parametrize("script", COMMANDS)
def test_every_command_starts_from_its_file(script: str) -> None:
    done = run(script, "--help")
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith(f"用法：{script}")


def test_a_closed_pipe_ends_a_command_quietly(folder: Path) -> None:
    for number in range(40):  # more than a pipe holds
        (folder / f"{number}.txt").write_text(SPEECH.replace("同志们：", f"同志们：\n{number}" * 400), encoding="utf-8")
    command = [sys.executable, str(ROOT / "scripts" / "explain.py"), str(folder), "--json"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait() == _cli.CLOSED_PIPE


def test_an_installer_of_browsers_knows_which_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["ensure_browser.py", "x"])
    with pytest.raises(SystemExit):
        ensure_browser.main()
    assert "只能是 chromium、firefox" in capsys.readouterr().err
