"""An ingest that is killed at any moment loses nothing and leaves nothing half there."""

import random

from tests.bench.kills import trial


def test_killed_again_and_again(tmp_path):
    found = trial(tmp_path, kills=25, chance=random.Random())
    assert found["kills"] == 25
    assert (found["not whole"], found["lost"], found["half there"]) == (0, 0, 0)
