"""`python -m bench`: stand the worlds up, measure every row, print the table."""

import asyncio
import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console

from bench.rows import ROWS
from bench.run import Run
from bench.server import running
from bench.table import Row, markdown, show
from bench.web import portal
from bench.worlds import Sizes, stand
from portal.operate.cluster import Cluster
from portal.operate.errors import OperateError

COMPANIES = 10_000
console = Console(stderr=True)


@click.command()
@click.option(
    "--scale",
    type=click.FloatRange(0.001, 10),
    default=1.0,
    show_default=True,
    help="Of the big world; 1 is 200,000 candidates.",
)
@click.option("--entries", type=click.IntRange(2_000), help="Of the log, instead of 2,000,000 times the scale.")
@click.option("--home", type=click.Path(path_type=Path), help="Keep the worlds in this folder and use them again.")
@click.option(
    "--rounds", type=click.IntRange(1, 50), default=5, show_default=True, help="How often floor and subject take turns."
)
@click.option(
    "--seconds", type=click.FloatRange(0.2, 60), default=5.0, show_default=True, help="How long each load lasts."
)
@click.option(
    "--row", "chosen", multiple=True, type=click.Choice(list(ROWS)), help="Measure only these rows; may be repeated."
)
@click.option("--markdown", "file", type=click.Path(path_type=Path), help="Write the table to this file too.")
def main(
    scale: float,
    entries: int | None,
    home: Path | None,
    rounds: int,
    seconds: float,
    chosen: tuple[str, ...],
    file: Path | None,
) -> None:
    """Measure the portal against its budgets, each figure beside its floor."""
    try:
        with running(home) as cluster:
            rows = asyncio.run(
                _measure(cluster, Sizes(scale, log=entries or 0), rounds, seconds, chosen or tuple(ROWS))
            )
    except OperateError as error:
        raise click.ClickException(str(error)) from error
    show(rows)
    if file:
        file.write_text(markdown(rows), encoding="utf-8")


async def _measure(cluster: Cluster, sizes: Sizes, rounds: int, seconds: float, chosen: tuple[str, ...]) -> list[Row]:
    small = await stand(cluster, Sizes(sizes.scale / 100))
    world = await stand(cluster, sizes)
    many = await stand(cluster, Sizes(0.001, COMPANIES)) if "companies" in chosen else small
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="shokai-bench-") as folder, portal(world, Path(folder)) as port:
        run = Run(world, small, many, port, Path(folder), rounds, seconds)
        for name in chosen:
            console.print(f"Measuring: {name}")
            rows += await ROWS[name](run)
    return rows


if __name__ == "__main__":
    sys.exit(main())
