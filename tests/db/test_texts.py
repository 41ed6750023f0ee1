"""Texts are kept small, and anybody's zlib reads them."""

from __future__ import annotations

import builtins
import importlib
import sys
import zlib
from collections.abc import Iterator
from types import ModuleType

import pytest

from db import texts

SAMPLES = [
    "", "Rain.", "The ferry is late again, says Ada Lunn. " * 40, "Ōmarama 🐑 näher " * 90_000,
]  # fmt: skip


@pytest.fixture
def without_isal(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module as it is on a machine that `isal` is not made for."""
    real = builtins.__import__

    def none_such(name: str, *rest: object) -> ModuleType:
        if name == "isal":
            raise ImportError(name)
        return real(name, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(builtins, "__import__", none_such)
        yield importlib.reload(sys.modules["db.texts"])
    importlib.reload(sys.modules["db.texts"])


@pytest.mark.parametrize("text", SAMPLES, ids=len)
def test_what_is_packed_is_read_by_any_zlib(text: str) -> None:
    content = texts.packed(text.encode())
    assert zlib.decompress(content).decode() == texts.unpacked(content) == text
    assert len(content) <= len(text.encode()) + 16


@pytest.mark.parametrize("text", SAMPLES, ids=len)
def test_it_is_the_same_text_where_isal_is_not_made_for(
    text: str, without_isal: ModuleType
) -> None:
    assert without_isal.unpacked(without_isal.packed(text.encode())) == text


def test_a_text_that_was_cut_off_is_not_taken_for_whole() -> None:
    content = texts.packed(SAMPLES[2].encode())
    with pytest.raises(ValueError, match="does not end where it should"):
        texts.unpacked(content[:-5])
