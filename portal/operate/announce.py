"""What `portal up` prints when pages can be had: the address, and how to sign in to the demo."""

from rich.console import Console
from rich.table import Table

from portal.settings import Settings


def announce(settings: Settings) -> None:
    """Print the address and, where the demo world was loaded, its sign-ins."""
    console = Console(soft_wrap=True)
    console.print(f"\nThe portal is ready at [bold]{settings.base_url}[/bold]")
    console.print(f"Everything it keeps is in {settings.home}; Ctrl-C stops it.")
    note = settings.home / "demo"
    if note.exists() and note.read_text() == "loaded":
        console.print(_sign_ins())


def _sign_ins() -> Table:
    from portal.demo.sign_ins import sign_ins

    table = Table(title="Demo sign-ins", title_justify="left")
    for heading in ("role", "company", "email", "password"):
        table.add_column(heading)
    for each in sign_ins():
        table.add_row(each["role"], each["company"] or "", each["email"], each["password"])
    return table
