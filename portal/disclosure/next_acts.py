"""What to do about an introduction of which nothing is open: the next act, and who may do it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.language.i18n import N_

MANAGER = N_("the account manager who looks after the company")
PERSON = N_("the person")
COMPLIANCE = N_("compliance")
PARTIES = N_("the company's signatory, and compliance for the operator")
RECRUITER = N_("the company's recruiter; the stage comes with the next import")
IMPORT = N_("whoever imports the person's record")
NEW_CONSENT = N_("A new consent of the person, by a notice that names this company and says everything it has to.")


@dataclass(frozen=True, slots=True)
class Next:
    """One act. Without `who` nothing that anybody may do opens it."""

    said: str
    who: str = ""


# By reason, in the order in which the acts are due: what cannot be mended first, then what the others stand on.
NEXT = {
    "candidate_erased": Next(N_("Nothing opens it: the person's data are erased.")),
    "company_outside_japan": Next(N_("Nothing opens it: the person's data must not go to a company outside Japan.")),
    "company_terminated": Next(N_("Nothing opens it: the company is terminated.")),
    "introduction_withdrawn": Next(N_("Nothing opens it: the introduction was withdrawn.")),
    "window_closed": Next(N_("Nothing opens it: the time for this purpose is over.")),
    "regime_unknown": Next(N_("Find out which law protects the person, and record it."), IMPORT),
    "company_country_unknown": Next(N_("Find out the company's country, and record it."), MANAGER),
    "candidate_restricted": Next(
        N_("Lift the restriction on the person's record, if the person asks for it or its ground is gone."), COMPLIANCE
    ),
    "candidate_objecting": Next(
        N_("Lift the objection on the person's record, if the person takes it back."), COMPLIANCE
    ),
    "consent_not_given": Next(NEW_CONSENT, PERSON),
    "consent_withdrawn": Next(NEW_CONSENT, PERSON),
    "consent_expired": Next(NEW_CONSENT, PERSON),
    "consent_unsupported": Next(NEW_CONSENT, PERSON),
    "consent_before_lifting": Next(NEW_CONSENT, PERSON),
    "consent_to_former_recipient": Next(NEW_CONSENT, PERSON),
    "recipient_changed": Next(
        N_("Record what happened to the company, with its evidence: it is not what agreements and consents name."),
        COMPLIANCE,
    ),
    "notice_not_for_regime": Next(
        N_("A new consent of the person, by a notice made for the law that protects the person."), PERSON
    ),
    "foreign_transfer_notice_missing": Next(
        N_("A new consent of the person, by a notice that tells of the company's country."), PERSON
    ),
    "purpose_not_in_consent": Next(N_("A new consent of the person that covers this purpose."), PERSON),
    "new_version_not_signed": Next(
        N_("Send the company an agreement from the newest template, have it signed and countersigned."), PARTIES
    ),
    "group_left": Next(N_("Send the company an agreement of its own, have it signed and countersigned."), PARTIES),
    "group_agreement_not_joined": Next(
        N_(
            "Record on the group's page that the company joined, if the agreement lists it. If not, a new group "
            "agreement that lists it, or an agreement of its own, is signed."
        ),
        COMPLIANCE,
    ),
    "agreement_not_in_force": Next(N_("Send the company an agreement, have it signed and countersigned."), PARTIES),
    "purpose_not_in_agreement": Next(N_("A new agreement with the company that covers this purpose."), PARTIES),
    "company_not_active": Next(N_("Activate or reactivate the company on its page."), MANAGER),
    "introduction_inactive": Next(
        N_("Nothing opens it for this position again. Put the person forward for another one while the consent holds."),
        MANAGER,
    ),
    "opening_closed": Next(N_("Open the position again on the company's page."), MANAGER),
    "fair_screening": Next(
        N_("Bring the selection to the offer: then fair screening keeps nothing closed."), RECRUITER
    ),
    "item_not_open": Next(
        N_("A consent and an agreement that both cover an item which the law admits for this purpose."), PERSON
    ),
}


def next_act(reasons: Sequence[str], company_status: str) -> Next | None:
    """The act that is due first; None when something is open. A company that is terminated stays so."""
    found = {*reasons, "company_terminated"} if reasons and company_status == "terminated" else set(reasons)
    return next((one for reason, one in NEXT.items() if reason in found), None)
