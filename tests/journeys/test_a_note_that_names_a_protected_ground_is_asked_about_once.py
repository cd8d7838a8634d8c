"""Hana's note names what may not decide: she is asked once, her form comes back filled in, and compliance finds it."""

from tests.client import Portal
from tests.journeys.cast import LINH, cast

ASKED = "This note names what may not decide whether to hire: pregnancy or childbirth, age."
NOTE = "She is pregnant,\nand too old for the shift."


async def test_p8_a_note_is_asked_about_once_and_then_queued(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    page = await hana.submit(f"{linh.page}/outcome", result="not_hired", reason="position_filled", note=NOTE)
    assert (page.status, ASKED in page.text) == (422, True)
    values = page.form(f"{linh.page}/outcome").values
    assert (values["result"], values["note"].strip()) == ("not_hired", NOTE)
    assert await portal.owner.fetchval("select count(*) from personal.outcome") == 0

    page = await hana.submit(f"{linh.page}/outcome", note=NOTE + " His religion too.")
    assert (page.status, "religion" in page.text) == (422, True)
    page = await hana.decide(linh.page, note=NOTE)
    assert (page.path, "The outcome is recorded." in page.text) == (linh.page, True)

    sato = await portal.signed_in(people.sato)
    page = await sato.get("/log?action=protected_ground_named")
    assert page.text.count("Named a protected ground in a note") >= 2
    [first, _second] = await portal.log("action = 'protected_ground_named'")
    entry = await sato.get(f"/log/{first['id']}")
    assert ("Ground that the note names" in entry.text, "Hana" in entry.text) == (True, True)
