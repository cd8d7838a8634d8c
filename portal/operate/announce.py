"""What `portal up` prints when pages can be had: the address, and how to sign in to the demo."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from portal.operate.demo import is_demo
from portal.settings import Settings


def announce(settings: Settings) -> None:
    """Print the address and, where the demo world was loaded, its sign-ins."""
    console = Console(soft_wrap=True)
    console.print(f"\nThe portal is ready at [bold]{settings.base_url}[/bold]")
    console.print(f"Everything it keeps is in {settings.home}; Ctrl-C stops it.")
    if is_demo(settings):
        # Wider than a narrow terminal rather than cut: a password is there to be copied.
        Console(width=max(console.width, 130)).print(_sign_ins(settings.home))
        _say_who_signs(console, settings)


def _sign_ins(home: Path) -> Table:
    from portal.demo.sign_ins import sign_ins

    table = Table(title="Demo sign-ins", title_justify="left")
    for heading in ("role", "company", "email", "password"):
        table.add_column(heading)
    for each in sign_ins(home):
        table.add_row(each["role"], each["company"] or "", each["email"], each["password"])
    return table


def _say_who_signs(console: Console, settings: Settings) -> None:
    """Where an agreement of the demo can be signed."""
    from portal.demo.signatory import signatory
    from portal.notify.messages import link

    asked = signatory(settings.home)
    if asked is not None:
        console.print(f"\nThe agreement of {asked['company']} was sent to its signatory, who signs it by this link:")
        console.print(link(settings, asked["secret"], "ja"), highlight=False)
        console.print("The code that it asks for is mailed; `portal mail show last` prints it.")
