"""`portal up`, `serve`, `worker`, `migrate` and `doctor`. Everything heavy is imported when used."""

import asyncio
import json
from pathlib import Path

import click

from portal.operate.command_line import home_option, settings_with
from portal.operate.errors import OperateError
from portal.settings import Settings


def _own_database(settings: Settings, role: str) -> str:
    if settings.database_url is None:
        raise OperateError(
            f"PORTAL_DATABASE_URL is not set. Give this process {role}'s address, as "
            f"postgresql://{role}:password@host/shokai, or run `portal up`, which does it itself."
        )
    return settings.database_url


@click.command()
@home_option
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the web server (8000).")
@click.option("--demo/--no-demo", default=True, help="Load the demo world on the first run (yes).")
def up(home: Path | None, port: int | None, demo: bool) -> None:
    """Run everything on this machine: database, web and worker. Ctrl-C stops it all."""
    from portal.operate.announce import announce
    from portal.operate.supervise import run

    settings = settings_with(home=home, port=port)
    run(settings, demo, click.echo, lambda: announce(settings))


@click.command()
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="Processes that serve (1).")
def serve(workers: int) -> None:
    """Serve pages, as portal_web, whose address is in PORTAL_DATABASE_URL."""
    from portal.operate.web import serve as serve_pages

    settings = settings_with()
    _own_database(settings, "portal_web")
    serve_pages(settings, workers)


@click.command()
def worker() -> None:
    """Do what is due without anybody asking, as portal_worker, whose address is in PORTAL_DATABASE_URL."""
    from portal import logs
    from portal.operate.worker import work

    settings = settings_with()
    url = _own_database(settings, "portal_worker")
    logs.configure(settings.log_format, settings.log_level)
    asyncio.run(work(url, settings))


@click.command()
@home_option
@click.option("--to", metavar="ID", help="Migrate up to and including ID.")
@click.option("--backwards", metavar="ID", help="Undo back to and including ID, or `all`.")
@click.option(
    "--set-passwords",
    is_flag=True,
    help="Give roles that are on your own server already this home's passwords: portals of other homes are locked out.",
)
def migrate(home: Path | None, to: str | None, backwards: str | None, set_passwords: bool) -> None:
    """Bring the database's tables and its gate to this version; make the database if there is none."""
    from portal.operate import migrate as migrations
    from portal.operate.prepare import database, existing_database
    from portal.operate.roles import check_still_set

    if to and backwards:
        raise click.UsageError("--to goes forward and --backwards back: give one of the two.")
    if backwards and set_passwords:
        raise click.UsageError("--set-passwords does not go with --backwards.")
    settings = settings_with(home=home)
    if backwards:
        with existing_database(settings) as found:
            ran = asyncio.run(migrations.migrate_back(found.owner_url, backwards))
    else:
        with database(settings, set_passwords=set_passwords) as found:
            ran = asyncio.run(migrations.migrate(found.owner_url, to or "all"))
            if set_passwords:
                asyncio.run(check_still_set(found.owner_url, found.directory))
    for name in ran:
        click.echo(f"{'undone' if backwards else 'done'}: {name}")
    click.echo(f"{len(ran)} migrations {'undone' if backwards else 'run'}.")
    if set_passwords and settings.database_url:
        click.echo(
            f"The roles have the passwords in {found.directory} now. A portal that runs from another home can open no "
            "new connection until it is given these files and started again."
        )


@click.command()
@home_option
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(home: Path | None, as_json: bool) -> None:
    """Look at everything the portal stands on; say what to do about what is wrong (exit code 1)."""
    from portal.operate.doctor import as_records, examine, show

    checks = examine(settings_with(home=home))
    if as_json:
        click.echo(json.dumps(as_records(checks), indent=2))
    else:
        show(checks)
    if any(check.state == "failed" for check in checks):
        raise SystemExit(1)
