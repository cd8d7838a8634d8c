"""P4: a countersignature says to which terms it is, and when: one that leaves either out signs nothing."""

import pytest

from tests.disclosure.keepers import enlarged
from tests.disclosure.stage import Stage

SIGN = "select gate.countersign($1, {terms}, {at}, '%PDF', sha256('c'), true, 'B-B')"
LEFT_OUT = {"terms": {"terms": "null", "at": "now()"}, "time": {"terms": "$2", "at": "null"}}
DONE = "select count(*) from portal.agreement_paper where agreement_id = $1"


@pytest.mark.parametrize("left_out", LEFT_OUT)
async def test_p4_what_is_left_out_is_refused(stage: Stage, left_out: str) -> None:
    cast = await enlarged(stage)
    signed, emi = cast.ids["signed"], stage.people.emi
    terms = await stage.owner.fetchval("select terms_digest from portal.agreement where id = $1", signed)
    values = (signed, terms) if left_out == "time" else (signed,)
    assert await stage.value(emi, SIGN.format(**LEFT_OUT[left_out]), *values) == "overtaken"
    assert await stage.owner.fetchval(DONE, signed) == 0
    assert await stage.value(emi, SIGN.format(terms="$2", at="now()"), signed, terms) == "countersigned"
