"""`portal demo`: the demo world's sign-ins, and loading it by hand."""

import json
from pathlib import Path

import click

from portal.operate.command_line import home_option, settings_with
from portal.operate.errors import OperateError


@click.group()
def demo() -> None:
    """The demo world: an invented portal in use."""


@demo.command("sign-ins")
@home_option
def print_sign_ins(home: Path | None) -> None:
    """Print who can sign in, as a JSON list of role, company, email and password; and of whoever is to sign an
    agreement the link instead. The code that the link asks for is mailed: portal mail show last.

    Where no demo was loaded there is nothing to print: exit code 1.
    """
    from portal.demo.sign_ins import sign_ins
    from portal.demo.signatory import signatory
    from portal.notify.messages import link
    from portal.operate.home import served_at

    settings = settings_with(home=home)
    settings = settings.model_copy(update={"base_url": served_at(settings.home) or settings.base_url})
    listed: list[object] = [*sign_ins(settings.home)]
    if asked := signatory(settings.home):
        address = link(settings, asked["secret"], "ja")
        listed.append({"role": "signatory", "company": asked["company"], "email": asked["email"], "link": address})
    if not listed:
        raise OperateError(
            f"No demo world was loaded in {settings.home}. Start a new portal with script/server, which loads it, or "
            "load it into this one with `portal demo load`; a portal that is elsewhere is named with --home."
        )
    click.echo(json.dumps(listed, ensure_ascii=False, indent=2))


@demo.command("load")
@home_option
def load(home: Path | None) -> None:
    """Load the demo world into this portal. Loading it again changes nothing, and accounts of your own keep their
    passwords."""
    from portal.demo.sign_ins import sign_ins
    from portal.operate.demo import load_demo_world
    from portal.operate.prepare import migrated_database

    settings = settings_with(home=home)
    with migrated_database(settings) as found:
        load_demo_world(settings, found.owner_url, click.echo)
    click.echo(f"Loaded. {len(sign_ins(settings.home))} people can sign in: portal demo sign-ins")
