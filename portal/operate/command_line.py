"""What the commands have in common: where the home is, and the settings that follow."""

from collections.abc import Callable
from pathlib import Path

import click

from portal.language.i18n import speaking
from portal.settings import Settings, load_settings
from portal.values.wrong import Wrong

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for everything kept on this machine (PORTAL_HOME).",
)


class Value(click.ParamType[str]):
    """An argument that is a value of `portal.values`, judged as in forms and files. Commands speak English."""

    name = "text"

    def __init__(self, judge: Callable[[str], str]) -> None:
        self.judge = judge

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value in the portal's form; click says what is wrong and with which option."""
        try:
            return self.judge(value)
        except Wrong as wrong:
            with speaking("en"):
                self.fail(str(wrong.said), param, ctx)


def settings_with(**given: object) -> Settings:
    """The settings, with what was given on the command line before everything else."""
    return load_settings(**{name: value for name, value in given.items() if value is not None})
