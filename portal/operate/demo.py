"""What an empty portal begins with: the demo world, once and never into one in use, or a first administrator."""

import asyncio
import shlex
from collections.abc import Callable
from multiprocessing import forkserver

from portal.operate.connect import connected
from portal.operate.errors import OperateError
from portal.own_files import read_own, write_own
from portal.settings import PROJECT, Settings, load_settings

# Forced row-level security hides rows from the owner too; the size of the table it cannot hide.
_IN_USE = "select pg_relation_size('portal.account') + pg_relation_size('portal.company') > 0"
_HAS_ACCOUNTS = "select pg_relation_size('portal.account') > 0"


def load_demo_once(settings: Settings, owner_url: str, say: Callable[[str], None]) -> None:
    """Load the demo world unless it was, or the portal has accounts or companies of its own.

    A load that was interrupted is done again: loading twice changes nothing. Raises NotAnOwnFile.
    """
    note = settings.home / "demo"
    state = read_own(note) or ""
    if state == "loaded" or (not state and asyncio.run(_holds(owner_url, _IN_USE))):
        return
    write_own(note, "loading")
    say("Loading the demo world.")
    try:
        load_demo_world(settings, owner_url, say)
    except OperateError as error:
        raise OperateError(f"{error}\nStart again to try again, or with --no-demo to go without.") from error
    finally:
        # The import's fork server would stay beside the portal, idle, and outlive Ctrl-C by a moment.
        forkserver._forkserver._stop()  # type: ignore[attr-defined]  # there is no public way
    write_own(note, "loaded")


def is_demo(settings: Settings) -> bool:
    """Whether this home began with the demo world. Raises NotAnOwnFile."""
    return read_own(settings.home / "demo") == "loaded"


def with_demo_contact(settings: Settings) -> Settings:
    """The settings, of a demo with the demo's own contact for whoever has to call the operator, unless one was set."""
    from portal.demo.contact import CONTACT

    if settings.model_fields_set & CONTACT.keys() or not is_demo(settings):
        return settings
    return settings.model_copy(update=CONTACT)


OLDER = (
    "The demo of this home was made by an older version, and what was said in it is not altered: it stays, and what is "
    "new and does not contradict it was added. For the demo as it is now, begin another home: "
    "`script/server --home FOLDER`. What was left: {broken}"
)


def load_demo_world(settings: Settings, owner_url: str, say: Callable[[str], None]) -> None:
    """Load the demo world, as far as it is not there, and say whose password was left as it is. Raises OperateError
    when it cannot be."""
    from portal.demo.load import DemoBroken, load_demo
    from portal.intake.writing.run import STOPPED_BY, ImportRunning, reason

    try:
        left_alone = load_demo(settings.model_copy(update={"database_url": owner_url}))
    except DemoBroken as broken:
        if is_demo(settings):
            raise OperateError(OLDER.format(broken=broken)) from broken
        raise OperateError(f"The demo world could not be loaded, its folder has problems: {broken}") from broken
    except ImportRunning as other:
        raise OperateError("The demo world could not be loaded: an import is running. Wait for its end.") from other
    except STOPPED_BY as failure:
        raise OperateError(
            f"Loading the demo world stopped: {reason(failure)}. What was loaded until then stays; load it again."
        ) from failure
    for email in left_alone:
        say(
            f"{email} has a password that is none of the demo's and keeps it, so it is not among the demo's sign-ins. "
            f"`portal account new-password {email} --temporary-password` makes another."
        )


def say_how_to_begin(settings: Settings, owner_url: str, say: Callable[[str], None]) -> None:
    """Say how the first administrator is made, as long as there is no account."""
    if asyncio.run(_holds(owner_url, _HAS_ACCOUNTS)):
        return
    home = "" if settings.home == load_settings().home else f" --home {shlex.quote(str(settings.home))}"
    say(
        "Nobody can sign in yet. Make the first administrator, in another terminal:\n"
        f"  {PROJECT}/.venv/bin/portal account create --role administrator --name NAME --email ADDRESS{home}\n"
        "They are sent a link to a password of their own. As long as no mail server is configured, "
        f"`portal mail show last{home}` prints it."
    )


async def _holds(owner_url: str, question: str) -> bool:
    async with connected(owner_url) as connection:
        return bool(await connection.fetchval(question))
