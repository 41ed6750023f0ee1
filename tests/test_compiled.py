"""Whoever compiles the finding of quotations gets the same quotations."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.quality.gate import HERE

ROOT = Path(__file__).parents[1]
HEADERS = Path(sysconfig.get_path("include"), "Python.h")
NEEDED = ("ingest", "db", "pyproject.toml", "README.md", "LICENSE", "metadata.json")
COMPILED = "import ingest.quotes.find as find; print(find.__file__)"


@pytest.mark.skipif(
    not (shutil.which("cc") and HEADERS.exists()),
    reason="needs a C compiler and Python's headers",
)
def test_compiled_and_interpreted_say_the_same(tmp_path: Path) -> None:
    source, unpacked = tmp_path / "source", tmp_path / "unpacked"
    source.mkdir()
    for name in NEEDED:
        there = ROOT / name
        (shutil.copytree if there.is_dir() else shutil.copy)(there, source / name)
    settings = (source / "pyproject.toml").read_text()
    # As the compiler does its work quickest: what it makes is no other.
    (source / "pyproject.toml").write_text(settings.replace('opt_level = "3"', 'opt_level = "0"'))
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    run(build, source, HATCH_BUILD_HOOKS_ENABLE="1")
    (wheel,) = tmp_path.glob("onrecord-*.whl")
    zipfile.ZipFile(wheel).extractall(unpacked)

    assert run([sys.executable, "-P", "-c", COMPILED], unpacked, PYTHONPATH=".").endswith(".so\n")
    for articles in sorted(HERE.glob("*.jsonl")):
        command = [sys.executable, "-P", "-m", "ingest", "quotes", "--jsonl", str(articles)]
        compiled = run(command, unpacked, PYTHONPATH=".")
        assert compiled == run(command, ROOT, PYTHONPATH=".")
        assert compiled


def run(command: list[str], folder: Path, **environment: str) -> str:
    """What a command prints."""
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
