"""The operator's command, `portal`. Each group of subcommands is in its domain's folder.

A subcommand is imported only when it is asked for, so that starting a process costs what it uses.
"""

import importlib

import click

from portal.operate.errors import OperateError
from portal.own_files import NotAnOwnFile
from portal.settings import SettingsError

COMMANDS = {
    "up": "portal.operate.commands:up",
    "serve": "portal.operate.commands:serve",
    "worker": "portal.operate.commands:worker",
    "migrate": "portal.operate.commands:migrate",
    "doctor": "portal.operate.commands:doctor",
    "demo": "portal.demo.commands:demo",
    "account": "portal.accounts.commands:account",
    "candidate": "portal.candidates.commands:candidate",
    "person": "portal.rights.commands:person",
    "campaign": "portal.agreements.commands:campaign",
    "company": "portal.companies.commands:company",
    "group": "portal.companies.commands:group",
    "log": "portal.accesslog.commands:log",
    "witness": "portal.accesslog.witness_commands:witness",
    "receipt": "portal.disclosure.commands:receipt",
    "mail": "portal.notify.commands:mail",
    "import": "portal.intake.commands:import_folder",
}


class PortalCommand(click.Group):
    """Finds a subcommand by its name in COMMANDS and shows errors an operator can mend as text."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one subcommand; a name that is none is answered with those that are like it."""
        if cmd_name not in COMMANDS:
            raise click.NoSuchCommand(cmd_name, possibilities=COMMANDS, ctx=ctx)
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand; what an operator can put right is told without a traceback."""
        try:
            return super().invoke(ctx)
        except (NotAnOwnFile, OperateError, SettingsError) as error:
            raise click.ClickException(str(error)) from error


EXIT_CODES = """Exit codes: 0 done; 1 not done, and what is in the way was said; 2 the command line was not
understood, and nothing was tried. `doctor`: 1 something is to be done. `import`: 1 some records were
refused, 2 nothing could be used or the import could not run."""


@click.group(cls=PortalCommand, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run and look after a Shokai portal. Settings are in docs/configuration.md."""


if __name__ == "__main__":
    main(prog_name="portal")
