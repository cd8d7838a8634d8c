"""P2: staff look at nobody without a ground and correct nothing without a proof, also where none at all is sent."""

import asyncpg
import pytest

from tests.disclosure.stage import Stage

LEFT_OUT = {
    "a person looked at": "select gate.look_at_person($1, null)",
    "a person looked for by name": "select gate.find_people(null, 'linh', null) where $1::uuid is not null",
    "a paper opened": "select gate.open_evidence($1, $1, null)",
    "a birth corrected by no channel": (
        """select gate.correct_items($1, '{"date_of_birth": "1990-05-01"}', 'employer', null, 'x')"""
    ),
    "a gender by nobody": """select gate.correct_items($1, '{"gender": "male"}', null, 'telephone', 'x')""",
}


@pytest.mark.parametrize("act", LEFT_OUT)
async def test_p2_what_says_no_ground_or_proof_is_no_act(stage: Stage, act: str) -> None:
    for who in (stage.people.emi, stage.people.daichi):
        with pytest.raises(asyncpg.InvalidParameterValueError):
            await stage.call(who, LEFT_OUT[act], stage.people.linh.candidate.id)
