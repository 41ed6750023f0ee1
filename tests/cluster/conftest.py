"""Three workers for all tests of the cluster: they take longer to start than most tests do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.machines import Machines, machines


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler and three workers."""
    with machines(tmp_path_factory.mktemp("three")) as running:
        running.wait()
        yield running
