"""What the commands have in common: where the home is, and the settings that follow."""

from pathlib import Path

import click

from portal.settings import Settings, load_settings

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for everything kept on this machine (PORTAL_HOME).",
)


def settings_with(**given: object) -> Settings:
    """The settings, with what was given on the command line before everything else."""
    return load_settings(**{name: value for name, value in given.items() if value is not None})
