"""A file that is refused for one of its fields says which."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from portal.documents.refusals import MESSAGES, Reason, Refused
from portal.intake.people import Person
from portal.intake.problems import Unreadable
from portal.intake.writing.documents import clean_files
from portal.resume.failures import NotConfined
from portal.resume.pool import RenderPool

PERSON = cast(Person, SimpleNamespace(place="candidates/P001", files={"resume": ("resume.pdf", b"%PDF")}))


class Answering:
    """A pool whose workers all answer this."""

    def __init__(self, answer: Exception) -> None:
        self.answer = answer

    async def run(self, *_task: Any) -> None:
        raise self.answer


def pool(answer: Exception) -> RenderPool:
    return cast(RenderPool, Answering(answer))


async def test_the_page_and_the_field_stand_beside_the_file() -> None:
    with pytest.raises(Unreadable) as caught:
        await clean_files(pool(Refused(Reason.UNDRAWN, "", "p. 2: 氏名")), PERSON)
    assert caught.value.problem.file == "candidates/P001/resume.pdf, p. 2: 氏名"
    assert caught.value.problem.wanted == MESSAGES[Reason.UNDRAWN]


async def test_a_machine_that_cannot_confine_is_no_fault_of_the_file() -> None:
    with pytest.raises(NotConfined):
        await clean_files(pool(NotConfined("libseccomp.so.2 is missing")), PERSON)
