"""The offline zip: what it refuses, what it holds, and that the same site gives the same bytes."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from scripts import bundle as command
from tests.search import small

from jianggao import bundle, linkcheck
from jianggao.errors import SpeechError

HOME = '<html><body><a href="a/b.html#p1">讲话</a><img src="图.png"></body></html>'
OUR_SCRIPTS = Path(__file__).parents[1] / "docs" / "assets" / "search"
SPEECH = '<html><body><p id="p1">正文</p><a href="../index.html">回首页</a></body></html>'


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small whole site; ``extra`` goes into the body of the speech page, ``files`` are added."""

    def make(extra: str = "", files: dict[str, str] | None = None) -> Path:
        site = tmp_path / "site"
        contents = {
            "index.html": HOME,
            "a/b.html": SPEECH.replace("</body>", extra + "</body>"),
            "图.png": "png",
            **(files or {}),
        }
        for name, text in contents.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")
        return site

    return make


@pytest.fixture
def searched(make_site: Callable[..., Path]) -> Path:
    """A whole site with our search in it, and a page for each speech that it finds."""
    site = make_site(files={f"speeches/{speech.id}.html": SPEECH for speech in small.speeches()})
    small.make(site)
    for script in OUR_SCRIPTS.glob("*.js"):
        shutil.copy(script, site / "assets" / "search")
    return site


def told(site: Path) -> list[tuple[str, str, str]]:
    return [(finding.page, finding.address, finding.what) for finding in linkcheck.check(site)]


def test_a_whole_site_is_found_whole(make_site: Callable[..., Path]) -> None:
    allowed = """<a href="https://source.example/page">原文</a> <a href="mailto:a@b.example">信</a> <a href="#">顶</a>
    <a href="?q=词#p1">自己</a> <link rel="canonical" href="https://this.example/">
    <script type="application/json">{"u": "https://x.example"}</script>
    <script>var ns = "http://www.w3.org/2000/svg"; var p = "../index.html"</script>
    <img src="data:image/png;base64,AAAA">
    <img srcset="data:image/png;base64,AAAA 1x,../图.png 2x, ../%E5%9B%BE.png 3x">
    <p style="background: url(../图.png)">x</p>"""
    assert linkcheck.check(make_site(allowed)) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<script src="//cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="https://fonts.example/css">',
        '<link rel="alternate stylesheet" href="https://fonts.example/css">',
        '<link rel="preconnect" href="https://fonts.example">',
        '<link rel="icon" href="HTTPS://x.example/favicon.ico">',
        '<img src="http://x.example/a.png">',
        '<img srcset="../图.png 1x, https://x.example/a.png 2x">',
        '<iframe src="https://x.example/"></iframe>',
        '<object data="https://x.example/a.pdf"></object>',
        '<embed src="https://x.example/a.swf">',
        '<video poster="https://x.example/a.png"></video>',
        '<audio><source src="https://x.example/a.mp3"></audio>',
        '<form action="https://x.example/search"><input name="q"></form>',
        '<a href="#p1" ping="https://x.example/count">x</a>',
        '<table background="https://x.example/a.png"></table>',
        '<svg><image href="https://x.example/a.png"></image></svg>',
        '<svg><use xlink:href="https://x.example/a.svg#i"></use></svg>',
        '<p style="background: url(https://x.example/a.png)">x</p>',
        "<style>@import '//x.example/a.css';</style>",
        "<style>p { background: url( 'https://x.example/a.png' ) }</style>",
        '<meta http-equiv="refresh" content="0; url=https://x.example/">',
        '<base href="https://x.example/">',
        '<script>fetch("https://x.example/count")</script>',
        "<script>new WebSocket('wss://x.example/s')</script>",
        '<noscript><img src="https://x.example/pixel.gif"></noscript>',
        '<pre class="mermaid">graph</pre>',
        '<a data-md-component="source" href="https://github.com/a/b">仓库</a>',
    ],
)
def test_a_page_that_asks_another_host_is_named(make_site: Callable[..., Path], markup: str) -> None:
    found = linkcheck.check(make_site(markup))
    assert [finding.page for finding in found] == ["a/b.html"]


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ('<a href="c.html">x</a>', "找不到这个文件"),
        ('<a href="../../index.html">x</a>', "找不到这个文件"),
        ('<a href="../Index.html">x</a>', "找不到这个文件"),
        ('<img src="../%E5%9B%BE2.png">', "找不到这个文件"),
        ('<script src="../assets/x.js?v=1"></script>', "找不到这个文件"),
        ('<a href="#p2">x</a>', "a/b.html 里没有 #p2"),
        ('<a href="?q=词#p2">x</a>', "a/b.html 里没有 #p2"),
        ('<a href="../index.html#%E6%9C%AB">x</a>', "index.html 里没有 #末"),
        ('<a href="/index.html">x</a>', "以 / 开头，双击打开网页时找不到"),
        ('<a href="../">x</a>', "指向文件夹，双击打开时不是网页"),
        ('<a href=".">x</a>', "指向文件夹，双击打开时不是网页"),
        ('<a href="javascript:alert(1)">x</a>', "是脚本，不是链接"),
        ('<a href="file:///C:/a.html">x</a>', "指向制作者自己的电脑"),
        ('<a href="http://[x">x</a>', "写法不对，不是一个地址"),
    ],
)
def test_a_dead_address_is_named_with_its_fault(make_site: Callable[..., Path], markup: str, what: str) -> None:
    assert [(finding.page, finding.what) for finding in linkcheck.check(make_site(markup))] == [("a/b.html", what)]


def test_style_sheets_are_read_too(make_site: Callable[..., Path]) -> None:
    css = """/* url(never.png) */ @import 'https://x.example/a.css';
    p { background: url(../图.png) } q { background: url(gone.png) }"""
    found = linkcheck.check(make_site(files={"css/a.css": css}))
    assert [(finding.page, finding.address) for finding in found] == [
        ("css/a.css", "gone.png"),
        ("css/a.css", "https://x.example/a.css"),
    ]


def test_the_page_for_lost_readers_may_use_addresses_from_the_root(make_site: Callable[..., Path]) -> None:
    page = '<a href="/">首页</a><img src="/图.png"><img src="/gone.png">'
    assert [finding.address for finding in linkcheck.check(make_site(files={"404.html": page}))] == ["/gone.png"]


def test_a_whole_search_is_found_whole(searched: Path) -> None:
    assert told(searched) == []


@pytest.mark.parametrize(
    "pattern", ["core-*", "names-*", "chars-*", "program-*", "study-*", "marks-*", "p/0-*", "c/0-*", "t/*"]
)
def test_a_data_file_that_is_gone_or_cut_off_is_named(searched: Path, pattern: str) -> None:
    data = searched / "assets/search/data"
    path = min(data.glob(pattern))
    name = path.relative_to(data).as_posix()
    path.write_bytes(path.read_bytes()[:-9])
    assert any(name in " ".join(row) and "已损坏" in row[2] for row in told(searched))
    path.unlink()
    rows = told(searched)
    assert {row[0] for row in rows} == {"assets/search/data/manifest.js"}
    assert any(path.name in " ".join(row) and row[2].startswith(("找不到", "缺少")) for row in rows)


def test_a_search_without_its_manifest_or_with_a_torn_one_is_dead(searched: Path) -> None:
    manifest = searched / "assets/search/data/manifest.js"
    manifest.write_text('jianggao.take(["manifest",{"speeches":1}]);\n', encoding="utf-8")
    assert [row[2] for row in told(searched)] == ["内容不合格式，文件已损坏"]
    manifest.unlink()
    assert any("缺少检索数据文件" in row[2] for row in told(searched))


def test_a_hit_without_a_page_is_named(searched: Path) -> None:
    page = min((searched / "speeches").glob("*.html"))
    page.unlink()
    assert told(searched) == [("assets/search/data/manifest.js", f"speeches/{page.name}", "找不到这个文件")]


@pytest.mark.parametrize(
    ("program", "address", "what"),
    [
        ("fetch ('a.json')", "fetch", "脚本会发请求，双击打开时不能用"),
        ("var r = new XMLHttpRequest();", "XMLHttpRequest", "脚本会发请求，双击打开时不能用"),
        ("import('./a.js')", "import", "脚本会发请求，双击打开时不能用"),
        ("new WebSocket(u)", "WebSocket", "脚本会发请求，双击打开时不能用"),
        ("new EventSource(u)", "EventSource", "脚本会发请求，双击打开时不能用"),
        ("navigator.sendBeacon(u)", "sendBeacon", "脚本会发请求，双击打开时不能用"),
        ('tag.src = "https://cdn.example/x.js"', "https://cdn.example/x.js", "脚本里写着外面的网址"),
        ("tag.src = '//cdn.example/x.js'", "//cdn.example/x.js", "脚本里写着外面的网址"),
    ],
)
def test_a_script_of_ours_that_asks_is_named(
    make_site: Callable[..., Path], program: str, address: str, what: str
) -> None:
    site = make_site(f"<script>{program}</script>", files={"assets/x.js": program})
    assert [(finding.page, finding.address) for finding in linkcheck.check(site)] == [
        ("a/b.html", address),
        ("assets/x.js", address),
    ]
    assert ("assets/x.js", address, what) in told(site)


def test_scripts_that_ask_nothing_and_data_that_speaks_of_it_are_left_alone(searched: Path) -> None:
    quiet = 'var ns = "http://www.w3.org/2000/svg"; prefetch(1); J.important(2); var s = "../a.html"; // 见 https://x.example'
    (searched / "assets/x.js").write_text(quiet, encoding="utf-8")
    (searched / "assets/search/data/t/other.js").write_text('["他说 fetch(1)", "https://x.example"]', encoding="utf-8")
    assert told(searched) == []


def test_several_processes_find_the_same(make_site: Callable[..., Path]) -> None:
    pages = {f"many/{number}.html": f'<a href="{number + 1}.html">下一篇</a>' for number in range(linkcheck.MANY)}
    site = make_site(files=pages)
    alone = linkcheck.check(site)
    assert [finding.page for finding in alone] == [f"many/{linkcheck.MANY - 1}.html"]
    assert linkcheck.check(site, processes=2) == alone


def test_the_zip_holds_the_site_a_leaflet_and_right_checksums(make_site: Callable[..., Path], tmp_path: Path) -> None:
    site = make_site(files={"speeches/2024-1a2b3c4d.html": SPEECH})
    made = bundle.write(site, tmp_path / "dist")
    with zipfile.ZipFile(made.path) as archive:
        names = archive.namelist()
        assert names[0] == "jianggao/使用说明.txt"
        assert "jianggao/图.png" in names
        assert archive.getinfo("jianggao/图.png").flag_bits & 0x800  # the name is marked as UTF-8
        leaflet = archive.read("jianggao/使用说明.txt")
        sums = archive.read("jianggao/SHA256SUMS").decode()
    assert leaflet.startswith(b"\xef\xbb\xbf")
    assert "双击" in leaflet.decode("utf-8-sig")
    assert "共 1 篇讲话，4 个文件" in leaflet.decode("utf-8-sig")
    assert {line.split("  ")[1] for line in sums.splitlines()} == {name.removeprefix("jianggao/") for name in names} - {
        "SHA256SUMS"
    }
    assert list(bundle.verify(made.path)) == []
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()
    assert (tmp_path / "dist/SHA256SUMS").read_text() == f"{made.sha256}  jianggao.zip\n"
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == ["SHA256SUMS", "jianggao.zip"]


def test_a_changed_file_in_the_zip_is_noticed(make_site: Callable[..., Path], tmp_path: Path) -> None:
    made = bundle.write(make_site(), tmp_path / "dist")
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(made.path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            if name != "jianggao/index.html":
                new.writestr(name, b"other" if name == "jianggao/a/b.html" else old.read(name))
    assert list(bundle.verify(changed)) == ["a/b.html", "index.html"]


def test_the_same_site_gives_the_same_bytes_on_another_day(make_site: Callable[..., Path], tmp_path: Path) -> None:
    site = make_site()
    first = bundle.write(site, tmp_path / "one").path.read_bytes()
    for path in site.rglob("*"):
        path.touch()
    assert bundle.write(site, tmp_path / "two").path.read_bytes() == first


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="没有生成好的网站"):
        bundle.write(tmp_path, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_a_site_that_holds_our_own_names_is_refused(make_site: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="重名"):
        bundle.write(make_site(files={"使用说明.txt": "别的"}), tmp_path / "dist")


def test_the_command_refuses_a_dead_link_and_lists_page_and_address(
    make_site: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make_site('<a href="gone.html">x</a>')
    assert command.main(["--site", str(site), "--out", str(tmp_path / "dist")]) == 1
    said = capsys.readouterr()
    assert "a/b.html: gone.html 找不到这个文件" in said.err
    assert "不打包" in said.err
    assert said.out == ""
    assert not (tmp_path / "dist").exists()


def test_the_command_refuses_a_dead_search(searched: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    next((searched / "assets/search/data").glob("program-*")).unlink()
    assert command.main(["--site", str(searched), "--out", str(tmp_path / "dist")]) == 1
    said = capsys.readouterr().err
    assert re.search(r"assets/search/data/manifest.js: program-\w{8}.js 找不到这个文件", said)
    assert "不打包" in said
    assert not (tmp_path / "dist").exists()


def test_the_command_tells_what_it_packed(
    make_site: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--site", str(make_site()), "--out", str(tmp_path / "dist")]) == 0
    assert "0 篇讲话，3 个文件" in capsys.readouterr().out
    assert command.main(["--site", str(tmp_path / "none")]) == 1
    assert "先运行 make site" in capsys.readouterr().err
