"""The bench in small: a world of a few hundred people, each row once. No time is asserted, only that there is one."""

from collections.abc import Iterator

import pytest

from bench.rows import ROWS
from bench.run import Run
from bench.table import Row, markdown
from bench.web import portal
from bench.worlds import Sizes, stand
from portal.operate.cluster import Cluster
from tests.database import finish

# tests/operate starts the portal; the peer would install a second portal's packages in every run of the tests.
QUICK = [name for name in ROWS if name not in ("start", "peer")]


@pytest.fixture(scope="module")
def run(cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A run over two hundred candidates on the tests' own server."""
    folder = tmp_path_factory.mktemp("bench")
    world = finish(stand(cluster, Sizes(0.001)))
    with portal(world, folder, 1) as port:
        yield Run(world, world, world, port, folder, rounds=1, seconds=0.1, clients=2, processes=1)


@pytest.mark.parametrize("name", QUICK)
def test_a_row_can_be_measured(run: Run, name: str) -> None:
    """Each gives lines with a figure and a ratio."""
    rows = finish(ROWS[name](run))
    assert rows
    assert all(row.measured and row.ratio for row in rows)


def test_the_table_says_what_was_missed() -> None:
    """A budget is met or missed in words."""
    rows = [Row("a", "1", "2", "50%", "≥ 30%", True), Row("b", "1", "9", "11%", "≥ 30%", False)]
    assert markdown(rows).splitlines()[2:] == [
        "| a | 1 | 2 | 50% | ≥ 30% | met |",
        "| b | 1 | 9 | 11% | ≥ 30% | missed |",
    ]
