"""The table that a run ends with."""

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

COLUMNS = ("what", "measured", "floor", "ratio", "budget", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `kept` is whether the budget was kept; None for a line that has none and stands for comparison."""

    what: str
    measured: str
    floor: str
    ratio: str
    budget: str = ""
    kept: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's text, column by column."""
        verdict = {True: "met", False: "missed", None: ""}[self.kept]
        return (self.what, self.measured, self.floor, self.ratio, self.budget, verdict)


def show(rows: list[Row]) -> None:
    """Print the rows."""
    table = Table(title="Each figure beside its floor, both measured in this run", pad_edge=False)
    for column in COLUMNS:
        table.add_column(column)
    for row in rows:
        table.add_row(*row.cells)
    Console(width=None if Console().is_terminal else 160).print(table)


def markdown(rows: list[Row]) -> str:
    """The rows as a table in Markdown."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    return "\n".join(lines + ["| " + " | ".join(row.cells) + " |" for row in rows]) + "\n"


def ms(seconds: float) -> str:
    """Milliseconds, with as many places as mean something."""
    return f"{seconds * 1000:.3g} ms"
