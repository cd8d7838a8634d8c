"""`portal import`: what an operator sees of an import, and its exit codes.

0: every record holds. 1: some were refused, and each is named with what would be right. 2: nothing
could be used, or the import could not run.
"""

import asyncio
import locale
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from portal.intake import people
from portal.intake.folder import MODELS
from portal.intake.problems import Problem
from portal.intake.tables import ENDINGS
from portal.intake.writing.run import STOPPED_BY, ImportRunning, Report, reason, run_import
from portal.intake.writing.work import State
from portal.language.i18n import N_, speaking
from portal.language.i18n import gettext as _
from portal.operate.command_line import home_option, settings_with
from portal.operate.errors import OperateError
from portal.settings import Settings, SettingsError

SOME_REFUSED, NOTHING_USABLE = 1, 2
KINDS = {
    "companies": N_("companies"),
    "openings": N_("openings"),
    "accounts": N_("accounts"),
    "agreements": N_("agreements"),
    "undertakings": N_("undertakings"),
    "notices": N_("notices"),
    "candidates": N_("candidates"),
    "consents": N_("consents"),
    "introductions": N_("introductions"),
    "outcomes": N_("outcomes"),
}
STATES = {
    State.ADDED: N_("added"),
    State.UPDATED: N_("updated"),
    State.UNCHANGED: N_("unchanged"),
    State.REFUSED: N_("refused"),
}


class Stopped(click.ClickException):
    """The import could not run, or not to its end."""

    exit_code = NOTHING_USABLE


@click.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything and say what would happen; keep nothing.")
@home_option
@click.option("--language", type=click.Choice(["en", "ja"]), help="Language of the report.")
def import_folder(folder: Path, dry_run: bool, home: Path | None, language: str | None) -> None:
    """Import candidates, companies and what goes with them from FOLDER (docs/import.md).

    Good rows are taken even when others are refused, and importing again changes nothing. Exit code 0:
    all good, 1: some refused, 2: nothing usable, or the import could not run or not to its end.
    """
    console = Console()
    with speaking(language or _language_of_terminal()), _owning(home) as settings:
        report = _imported(console, settings, folder, dry_run)
        if not report.tally and not report.problems:
            raise Stopped(_nothing_in(folder))
        show(console, report, dry_run=dry_run)
    if not report.usable:
        raise SystemExit(NOTHING_USABLE)
    if report.problems:
        raise SystemExit(SOME_REFUSED)


def _nothing_in(folder: Path) -> str:
    """What is said of a folder in which there is no record: whether its files are others, or empty."""
    names = [f"{name}{ending}" for name in MODELS for ending in ENDINGS]
    if any((folder / name).exists() for name in [*names, people.FOLDER]):
        return _("No file of the folder {folder} has a row.").format(folder=folder)
    known = ", ".join([*(f"{name}.csv" for name in MODELS), f"{people.FOLDER}/"])
    text = _("The folder {folder} holds none of the files that are imported: {known}; tables also as .xlsx.")
    return text.format(folder=folder, known=known)


@contextmanager
def _owning(home: Path | None) -> Iterator[Settings]:
    """The settings with portal_owner's address of a database that is ready. Raises Stopped."""
    from portal.operate.prepare import migrated_database

    try:
        settings = settings_with(home=home)
        with migrated_database(settings) as found:
            yield settings.model_copy(update={"database_url": found.owner_url})
    except (OperateError, SettingsError) as error:
        raise Stopped(str(error)) from error


def _language_of_terminal() -> str:
    return "ja" if (locale.getlocale()[0] or "").startswith("ja") else "en"


def _imported(console: Console, settings: Settings, folder: Path, dry_run: bool) -> Report:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("Checking") if dry_run else _("Importing"), total=None)
        try:
            return asyncio.run(
                run_import(
                    settings,
                    folder,
                    dry_run=dry_run,
                    progress=lambda done, of: bar.update(task, completed=done, total=of),
                )
            )
        except ImportRunning:
            raise Stopped(_("Another import is running. Start this one again when it has ended.")) from None
        except (*STOPPED_BY, KeyboardInterrupt) as failure:
            why = _("interrupted") if isinstance(failure, KeyboardInterrupt) else reason(failure)
            text = _("The import stopped: {reason}. What was taken until then stays; run it again to go on.")
            raise Stopped(text.format(reason=why)) from failure


def show(console: Console, report: Report, *, dry_run: bool) -> None:
    """Print every problem, then what was left as it stands, then what became of the records of each kind."""
    for problem in report.problems:
        console.print(_line(problem), soft_wrap=True)
    for notice in report.notices:
        console.print(Text(_("Note: ")) + _line(notice), soft_wrap=True)
    title = _("What this import would do (dry run: nothing was kept)") if dry_run else _("What this import did")
    table = Table(title=title, title_justify="left")
    table.add_column(_("record"))
    for state in STATES:
        table.add_column(_(STATES[state]), justify="right")
    for kind, name in KINDS.items():
        counts = report.tally.get(kind)
        if counts:
            table.add_row(_(name), *(str(counts[state]) for state in STATES))
    console.print(table)


def _line(problem: Problem) -> Text:
    """One problem; as plain text, so that no value is taken for markup."""
    line = Text(problem.place(), style="bold")
    line.append(problem.told(), style="not bold")
    return line
