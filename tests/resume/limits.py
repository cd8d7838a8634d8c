"""The limits of workers that run the tests' own tasks.

A worker is sent them before it is confined, and by this module's imports the tasks come with them. Later
would be too late: a worker may not list the project's folder, and Python lists a folder again after
files in it came and went, as they do beside other tests.
"""

from dataclasses import dataclass
from pathlib import Path

from portal.resume.confine import Limits
from tests.resume import meddling as meddling
from tests.resume import tasks as tasks

TESTS = str(Path(__file__).parents[1])


@dataclass(frozen=True, slots=True)
class TaskLimits(Limits):
    """The portal's own, and the tests may be read."""

    readable: tuple[str, ...] = (TESTS,)
