"""`portal demo`: the demo world's sign-ins, and loading it by hand."""

import json
from pathlib import Path

import click

from portal.settings import Settings, load_settings

_HOME = click.option("--home", type=click.Path(path_type=Path), help="Folder for everything kept on this machine.")


def _settings(home: Path | None) -> Settings:
    return load_settings(**({} if home is None else {"home": home}))


@click.group()
def demo() -> None:
    """The demo world: an invented portal in use."""


@demo.command("sign-ins")
@_HOME
def print_sign_ins(home: Path | None) -> None:
    """Print who can sign in, as a JSON list of role, company, email and password."""
    from portal.demo.sign_ins import sign_ins

    click.echo(json.dumps(sign_ins(_settings(home).home), ensure_ascii=False, indent=2))


@demo.command("load")
@_HOME
def load(home: Path | None) -> None:
    """Load the demo world into this portal. Loading it again changes nothing."""
    from portal.demo.load import DemoBroken, load_demo
    from portal.demo.sign_ins import sign_ins
    from portal.intake.writing.run import ImportRunning
    from portal.operate.prepare import database

    settings = _settings(home)
    with database(settings, click.echo) as found:
        try:
            load_demo(settings.model_copy(update={"database_url": found.owner_url}))
        except DemoBroken as broken:
            raise click.ClickException(f"The sample folder has problems: {broken}") from None
        except ImportRunning:
            raise click.ClickException("An import is running; try again when it has ended.") from None
    click.echo(f"Loaded. {len(sign_ins(settings.home))} people can sign in: portal demo sign-ins")
