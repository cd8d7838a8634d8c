"""Compliance's pages of alerts: what the rules found, and the rules themselves."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.alerts import actions, queries
from portal.alerts.forms import DecisionForm, RuleForm
from portal.alerts.kinds import KINDS
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Said, Undone
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

LIST, RULES = "/alerts", "/alerts/rules"
ONE, RULE = "/alerts/{alert:uuid}", "/alerts/rules/{rule:uuid}"
OF_ONE = signed_in(Role.COMPLIANCE, back=(LIST,))
OF_RULE = signed_in(Role.COMPLIANCE, back=(RULES,))
TRY = N_("See what it would have found")
SET = N_("Set the rule")
PAGES = {
    done: FormPage(title=N_("Rule"), button=button, behind=N_("Rules"), template="alerts/rule.html", tone="primary")
    for done, button in ((False, TRY), (True, SET))
}
AGAINST = {
    "decided_before": N_("Somebody else has decided about this alert meanwhile."),
    "own": N_("Nobody decides about an alert on their own account. Please ask a colleague."),
}
TAKEN = {
    "taken": N_("This alert is yours."),
    "decided_before": Undone(N_("Nothing was changed: this alert was decided before.")),
    "own": Undone(N_("Nothing was changed: nobody takes an alert on their own account. A colleague can.")),
    "not_there": Undone(N_("Nothing was changed: there is no such alert.")),
}


@get(LIST, opt=signed_in(Role.COMPLIANCE))
async def list_alerts(request: PortalRequest) -> Response[str]:
    """What the rules found, those that wait for a decision first."""
    async with work(request) as unit:
        found = await queries.alerts(unit)
    return page(request, "alerts/list.html", alerts=found, kinds=KINDS)


@get(RULES, opt=signed_in(Role.COMPLIANCE, back=(LIST,)))
async def list_rules(request: PortalRequest) -> Response[str]:
    """The rules, and which of them are on."""
    async with work(request) as unit:
        found = await queries.rules(unit)
    return page(request, "alerts/rules.html", rules=found, kinds=KINDS)


@get(RULE, opt=OF_RULE)
async def show_rule(request: PortalRequest, rule: FromPath[UUID]) -> Response[str]:
    """The form of a rule."""
    found = await _rule(request, rule)
    form = blank(RuleForm, threshold=str(found["threshold"]), active="on" if found["active"] else "off", days="30")
    return await PAGES[False].show(request, form, rule=found, kinds=KINDS, found=None)


@post(RULE, opt=OF_RULE)
async def set_rule(request: PortalRequest, rule: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """At the first sending what it would have found; at the second it is set."""
    shown = await _rule(request, rule)
    form: Form[RuleForm] = await read_form(request, RuleForm)
    asked = form.value
    if asked is None:
        return await PAGES[False].show(request, form, rule=shown, kinds=KINDS, found=None)
    if asked.tried != asked.trial:
        async with work(request) as unit:
            found = await queries.tried(unit, rule, asked.threshold, asked.days, datetime.now(UTC))
        filled = form.filled(tried=asked.trial)
        return await PAGES[True].show(request, filled, rule=shown, kinds=KINDS, found=found, tried=asked)
    async with work(request) as unit:
        done = await actions.set_rule(unit, rule, asked.threshold, asked.active == "on")
    if not done:
        raise Refused
    return lead_on(request, RULES, N_("The rule is set."))


async def _rule(request: PortalRequest, rule: UUID) -> dict[str, Any]:
    async with work(request) as unit:
        found = next((one for one in await queries.rules(unit) if one["id"] == rule), None)
    if found is None:
        raise Refused
    return found


@get(ONE, opt=OF_ONE)
async def show_alert(request: PortalRequest, alert: FromPath[UUID]) -> Response[str]:
    """One alert, and the form for deciding about it."""
    return await _alert(request, alert, blank(DecisionForm))


@post(ONE, opt=OF_ONE)
async def decide_alert(request: PortalRequest, alert: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Decide about it, with a note."""
    form: Form[DecisionForm] = await read_form(request, DecisionForm)
    if form.value is None:
        return await _alert(request, alert, form)
    async with work(request) as unit:
        answer = await actions.decide(unit, alert, form.value.decision, form.value.note)
    if answer is None or answer == "not_there":
        raise Refused
    if answer == "decided":
        return lead_on(request, LIST, N_("The decision is recorded."))
    return await _alert(request, alert, form.wrong(decision=Said(AGAINST[answer])))


@post("/alerts/{alert:uuid}/take", opt=signed_in(Role.COMPLIANCE, leads="/alerts/{alert}", keeps=False))
async def take_alert(request: PortalRequest, alert: FromPath[UUID]) -> Response[bytes]:
    """Become its owner."""
    async with work(request) as unit:
        answer = await actions.take(unit, alert)
    if answer is None:
        raise Refused
    return lead_on(request, f"{LIST}/{alert}", TAKEN[answer])


@post("/alerts/{alert:uuid}/end-sign-ins", opt=signed_in(Role.COMPLIANCE, leads="/alerts/{alert}", keeps=False))
async def end_sign_ins(request: PortalRequest, alert: FromPath[UUID]) -> Response[bytes]:
    """End every sign-in of the account that it is about."""
    async with work(request) as unit:
        ended = await actions.end_sign_ins(unit, alert)
    if ended is None:
        raise Refused
    return lead_on(request, f"{LIST}/{alert}", N_("Sign-ins that were ended: %(num)s."), num=str(ended))


async def _alert(request: PortalRequest, alert: UUID, form: Form[DecisionForm]) -> Response[str]:
    async with work(request) as unit:
        found = await queries.alert(unit, alert)
    if found is None:
        raise Refused
    status = 422 if form.errors else 200
    return page(request, "alerts/alert.html", status=status, alert=found, form=form, kinds=KINDS)


routes = [
    list_alerts, list_rules, show_rule, set_rule, show_alert, decide_alert, take_alert, end_sign_ins,
]  # fmt: skip
