"""Where a connection may go."""

from __future__ import annotations

import socket
import time

import httpcore
import pytest

from ingest.web.guard import Guard, PrivateAddress, addresses_of, is_public

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f::1", f"::ffff:{PUBLIC}"])
def test_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%2",
     "fd00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "2001:db8::1"],
)  # fmt: skip
def test_not_public(address):
    assert not is_public(address)


def test_a_host_that_is_none():
    with pytest.raises(httpcore.ConnectError, match="no such host"):
        addresses_of("a" * 64 + ".example", 80)


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(monkeypatch):
    """A name that is public when it is checked, and ours when it is asked for again."""
    answers = iter([PUBLIC, "127.0.0.1", "127.0.0.1"])
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        return real(next(answers) if host == "gazette.example" else host, port, *args, **kwargs)

    connected: list[str] = []

    def connect_tcp(self, host, *_):
        connected.append(host)
        raise httpcore.ConnectError("not in a test")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_tcp)
    with pytest.raises(httpcore.ConnectError):
        Guard().connect_tcp("gazette.example", 80)
    assert connected == [PUBLIC]
    with pytest.raises(PrivateAddress, match=r"gazette\.example is 127\.0\.0\.1"):
        Guard().connect_tcp("gazette.example", 80)


def test_no_step_begins_once_the_time_is_over():
    guard = Guard()
    assert guard.left() is None
    guard.until = time.monotonic() + 5
    assert 4 < (guard.left() or 0) <= 5
    guard.until = time.monotonic() - 1
    with pytest.raises(httpcore.ReadTimeout):
        guard.left()
