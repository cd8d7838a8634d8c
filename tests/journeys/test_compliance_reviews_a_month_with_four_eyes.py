"""A month of Aoba's is reviewed by Sato and signed off by Kudo; nobody judges or signs off their own access."""

from tests.accesslog.left import past_entry
from tests.client import Portal
from tests.journeys.cast import cast


async def test_a_review_is_judged_concluded_and_signed_off_by_another(portal: Portal) -> None:
    people = await cast(portal)
    kudo = portal.world.account("kudo", "compliance", display_name="Kudo")
    noda = portal.world.account("noda", "compliance", display_name="Noda")
    await portal.written()
    month = await past_entry(portal.owner, people.aoba.id, people.hana.id, 40)
    await past_entry(portal.owner, people.aoba.id, people.sato.id)
    await past_entry(portal.owner, people.kita.id, people.ken.id)
    sato, second = await portal.signed_in(people.sato), await portal.signed_in(kudo)
    await sato.get("/reviews/new")
    given = {"company": str(people.aoba.id), "month": f"{month:%Y-%m}", "reviewer": str(people.sato.id)}
    assert (await sato.submit("/reviews/new", **{**given, "month": "2026-13"})).status == 422
    assert "No review was started" in (await sato.submit("/reviews/new", **{**given, "month": "2100-01"})).text
    page = await sato.submit("/reviews/new", kind="complete", **given)
    assert "Review of Aoba Foods" in page.title
    path = page.response.url.path
    assert len(page.texts("tbody tr")) == 41
    places = [str(place) for place in range(1, 42)]
    await sato.post(f"{path}/verdict", places=places, verdict="as_expected", note="")
    page = await sato.get(path)
    assert "What you did yourself somebody else judges" in page.text
    assert page.text.count("Your own: a colleague judges it") == 1
    await sato.post(f"{path}/conclusion", conclusion="In order")
    assert "every entry is judged first" in (await sato.get(path)).text
    # What is the reviewer's own is not judged by them: whoever started the review gives it to somebody else.
    third = await portal.signed_in(noda)
    await third.post(f"{path}/reviewer", reviewer=str(noda.id))
    assert "only whoever started or has it" in (await third.get(path)).text
    page = await sato.get(path)
    assert "1 entry is the reviewer's own" in page.text
    page = await sato.submit(f"{path}/reviewer", reviewer=str(kudo.id))
    assert "The review is given to your colleague" in page.text
    mails = await portal.owner.fetch("select account_id from portal.mail where kind = 'review_assigned'")
    assert [row["account_id"] for row in mails] == [kudo.id]
    (given_on,) = [one for one in await portal.log("action = 'review_reassigned'") if one["decision"] == "permitted"]
    assert (str(people.sato.id) in given_on["facts"], str(kudo.id) in given_on["facts"]) == (True, True)
    await second.post(f"{path}/conclusion", conclusion="In order")
    assert "every entry is judged first" in (await second.get(path)).text
    await second.post(f"{path}/verdict", places=places, verdict="as_expected", note="")
    await second.get(path)
    page = await second.submit(f"{path}/conclusion", conclusion="In order")
    assert "A colleague of compliance signs it off" in page.text
    for refused in (sato, second):
        await refused.post(f"{path}/conclusion")
        assert "does not sign it off" in (await refused.get(path)).text
    await third.get(path)
    assert "The review is signed off" in (await third.submit(f"{path}/conclusion")).text
    report = await third.raw("GET", f"{path}/report.pdf")
    assert (report.content[:5], b"/Sig" in report.content) == (b"%PDF-", True)
    signed = await portal.log("action = 'review_signed_off'")
    assert [(one["decision"], one["actor_id"]) for one in signed] == [
        ("refused", people.sato.id), ("refused", kudo.id), ("permitted", noda.id),
    ]  # fmt: skip
    await sato.get("/reviews/new")
    assert "it is reviewed already" in (await sato.submit("/reviews/new", **given)).text


async def test_whoever_acted_in_what_is_reviewed_does_not_sign_it_off(portal: Portal) -> None:
    people = await cast(portal)
    kudo = portal.world.account("kudo", "compliance", display_name="Kudo")
    await portal.written()
    month = await past_entry(portal.owner, people.aoba.id, kudo.id, 40)
    sato, second = await portal.signed_in(people.sato), await portal.signed_in(kudo)
    await sato.get("/reviews/new")
    page = await sato.submit(
        "/reviews/new", company=str(people.aoba.id), month=f"{month:%Y-%m}", reviewer=str(people.sato.id)
    )
    path = page.response.url.path
    assert len(page.texts("tbody tr")) == 30, "a sample"
    await sato.post(f"{path}/verdict", places=[str(one) for one in range(1, 31)], verdict="breach", note="Asked Kudo")
    await sato.post(f"{path}/conclusion", conclusion="Kudo is asked")
    await second.post(f"{path}/conclusion")
    page = await second.get(path)
    assert "does not sign it off" in page.text
    assert "Asked Kudo" in page.text
    hana = await portal.signed_in(people.hana)
    assert (await hana.raw("GET", path)).status_code == 404
