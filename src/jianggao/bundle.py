"""The built site as one zip that opens by a double click: deterministic, with checksums and a leaflet in Chinese."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import SpeechError
from .linkcheck import site_files

FOLDER = "jianggao"  # the one folder in the zip; ASCII, for the unpackers of old systems
LEAFLET = "使用说明.txt"
SUMS = "SHA256SUMS"
# The earliest time that a zip can hold: the same site gives the same bytes on any day.
TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written: the zip, its SHA-256 in hex, its size in bytes, and how many files and speeches it holds."""

    path: Path
    sha256: str
    bytes: int
    files: int
    speeches: int


def write(site: Path, folder: Path, name: str = "jianggao.zip") -> Bundle:
    """Pack ``site`` into ``folder``/``name`` and put its checksum beside it. Written beside and moved into place.

    The site should have passed :func:`jianggao.linkcheck.check`; this function looks only at names.

    :raises SpeechError: if ``site`` is no built site, or holds a file with one of the names that are added here.
    """
    names = site_files(site)
    for taken in sorted({LEAFLET, SUMS} & set(names)):
        raise SpeechError(
            str(site / taken), None, f"网站里已经有 {taken}，会和压缩包自带的重名", "给网站里的这个文件换个名字"
        )
    speeches = sum(name.startswith("speeches/") and name.endswith(".html") for name in names)
    # Windows Notepad of any age reads UTF-8 with a mark and its own line ends.
    leaflet = leaflet_text(len(names), speeches).replace("\n", "\r\n").encode("utf-8-sig")

    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{name}.part"
    try:
        pack(unfinished, site, names, leaflet)
        path = unfinished.replace(folder / name)
    finally:
        unfinished.unlink(missing_ok=True)
    digest = file_digest(path)
    (folder / SUMS).write_text(f"{digest}  {name}\n", encoding="utf-8", newline="\n")
    return Bundle(path, digest, path.stat().st_size, len(names), speeches)


def pack(path: Path, site: Path, names: list[str], leaflet: bytes) -> None:
    """The zip itself: the leaflet first, where a reader sees it, then the site in path order, then the checksums."""
    sums = [f"{hashlib.sha256(leaflet).hexdigest()}  {LEAFLET}"]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry(LEAFLET), leaflet)
        for name in names:
            content = (site / name).read_bytes()
            archive.writestr(entry(name), content)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
        archive.writestr(entry(SUMS), "".join(f"{line}\n" for line in sums).encode())


def entry(name: str) -> zipfile.ZipInfo:
    """An entry that says nothing of day, machine or person. Names that are not ASCII are marked as UTF-8."""
    info = zipfile.ZipInfo(f"{FOLDER}/{name}", TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3  # Unix, also when made elsewhere
    info.external_attr = 0o100644 << 16
    return info


def file_digest(path: Path) -> str:
    """SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify(path: Path) -> Iterator[str]:
    """The names in a zip of ours whose content is not what its own checksums say, and those that are listed but absent.

    :raises zipfile.BadZipFile: if it is no zip, or a damaged one.
    """
    with zipfile.ZipFile(path) as archive:
        present = set(archive.namelist())
        for line in archive.read(f"{FOLDER}/{SUMS}").decode().splitlines():
            digest, name = line.split("  ", 1)
            full = f"{FOLDER}/{name}"
            if full not in present or hashlib.sha256(archive.read(full)).hexdigest() != digest:
                yield name


def leaflet_text(files: int, speeches: int) -> str:
    """The leaflet 使用说明 for a person who has only this folder, a browser and no network."""
    return f"""讲稿 · 离线版使用说明

一、打开
  1. 先把压缩包完整解压到一个文件夹（不要在压缩包里直接点开）。
  2. 双击 {FOLDER} 文件夹里的 index.html，用浏览器打开。
  3. 不用安装，不用联网，也不会向任何网站发送信息。放在 U 盘、共享文件夹里都可以。
  本包共 {speeches} 篇讲话，{files} 个文件。

二、检索
  1. 每一页顶上都有检索框；输入词语，结果页列出含有它的每一篇。
  2. 简体、繁体都可以输入，全角、半角不分，大小写不分。
  3. 用空格隔开几个词，表示都要有；词前加 - 表示不要有；"带引号" 表示原样连着。
  4. 标题:词、小标题:词、讲话人:姓名、场合:词、地点:词 只在那一处找。
  5. 点开结果，页面会停在第一处，找到的词都有标记，可以用按钮或按键走到上一处、下一处。

  6. 检索页上还可以按年份、讲话人等筛选；“逐条语境”把每一处列成一行；“词频趋势”看一个词各年讲了多少次。

三、放到内网服务器
  把整个文件夹复制到任何一种网页服务器的目录里即可，不用数据库，也不用别的程序。

四、校验
  {SUMS} 里写着每个文件的 SHA-256 值。在解压后的 {FOLDER} 文件夹里运行：
    Linux    sha256sum -c {SUMS}
    macOS    shasum -a 256 -c {SUMS}
    Windows  certutil -hashfile index.html SHA256   （再与 {SUMS} 里的那一行对照）
  全部显示 OK（成功），就说明文件没有缺损，也没有被改动。

五、打不开的时候
  1. 页面没有样式、检索没有反应：多半是没有完整解压，请重新解压全部文件。
  2. 浏览器太旧：请换用近几年的 Edge、Chrome、Firefox 或 Safari。
"""
