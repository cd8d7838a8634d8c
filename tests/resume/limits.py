"""The limits of workers that run the tests' own tasks.

A worker is sent them before it is confined, and by this module's imports the tasks come with them. Later
would be too late: a worker may not list the project's folder. Python lists a folder again after
files in it came and went, as they do beside other tests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from portal.resume import seccomp
from portal.resume.confine import Limits
from tests.resume import meddling as meddling
from tests.resume import tasks as tasks

TESTS = str(Path(__file__).parents[1])


@dataclass(frozen=True, slots=True)
class TaskLimits(Limits):
    """The portal's own, and the tests may be read."""

    readable: tuple[str, ...] = (TESTS,)


class WithoutLibseccomp(TaskLimits):
    """Read in a worker before it is confined, it takes away what the worker is to be confined with."""

    def __reduce__(self) -> tuple[Callable[[], Limits], tuple[()]]:
        return _without_libseccomp, ()


def _without_libseccomp() -> Limits:
    seccomp.LIBRARY = "libnothing.so"
    seccomp._library.cache_clear()
    return TaskLimits()
