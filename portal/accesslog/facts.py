"""What an entry can say about its act besides its fixed columns: a closed list of facts, none of them personal.

A fact is a yes or no, a number, a word of a closed list (portal/accesslog/words.py), a moment, or the id of a record.
What somebody typed is never one. The database refuses an entry with another fact, or with one that its action does not
have.
"""

from dataclasses import dataclass
from typing import Literal

from portal.language.i18n import N_

Kind = Literal["flag", "number", "word", "moment", "company", "account", "opening", "session", "entry"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its kind, what a reader is told it is, and of a word the macro in words.html that says it to people."""

    kind: Kind
    label: str
    words: str = ""


FACTS: dict[str, Fact] = {
    # What a search or a list was narrowed to. Of a name, a code or a person's number only that it was asked for.
    "name": Fact("flag", N_("Searched by name")),
    "code": Fact("flag", N_("Searched by an introduction's code")),
    "opening": Fact("opening", N_("Only for the position")),
    "stage": Fact("word", N_("Only at the stage"), "stage"),
    "japanese_rank": Fact("number", N_("Japanese level of at least (1 to 5, 5 is highest)")),
    "japanese_own_rank": Fact("number", N_("Self-assessed Japanese level of at least (1 to 5, 5 is highest)")),
    "work_permission": Fact("word", N_("Only with the work permission"), "work"),
    "decided": Fact("flag", N_("Decided already")),
    "unread": Fact("flag", N_("Not opened yet by whoever looked")),
    "assigned": Fact("word", N_("Only assigned to"), "assigned"),
    # Of what was typed only that something was.
    "keywords": Fact("flag", N_("Searched in background and qualifications")),
    "qualification": Fact("flag", N_("Searched by a qualification")),
    "language": Fact("word", N_("Only who speaks"), "spoken"),
    "available_months": Fact("number", N_("Only who can begin within so many months")),
    "open": Fact("flag", N_("Something is open")),
    "counted": Fact("flag", N_("Only their number")),
    "since": Fact("moment", N_("Entries from")),
    "until": Fact("moment", N_("Entries before")),
    "company": Fact("company", N_("Only of the company")),
    "account": Fact("account", N_("Only by")),
    "action": Fact("word", N_("Only the action"), "action"),
    "decision": Fact("word", N_("Only the decision"), "decision"),
    "by_role": Fact("word", N_("Only by the role"), "actor_role"),
    "purpose": Fact("word", N_("Only for the purpose"), "purpose"),
    "for_reason": Fact("word", N_("Only refused because"), "reason"),
    "item": Fact("word", N_("Only where the item was shown"), "item"),
    "hour": Fact("number", N_("Only in this hour of the day, in Japan")),
    "session": Fact("session", N_("Only in the sign-in")),
    "request_of": Fact("entry", N_("Only of the same request as the entry")),
    "address_of": Fact("entry", N_("Only from the address of the entry")),
    "number": Fact("word", N_("Looked for by number"), "looked_for"),
    "form": Fact("word", N_("Form of the file"), "export_form"),
    "entries": Fact("number", N_("Entries in the file")),
    "whole": Fact("flag", N_("The file is whole")),
    "sealed": Fact("number", N_("Sealed entries")),
    "faults": Fact("number", N_("Faults found")),
    "alert_kind": Fact("word", N_("Kind of rule"), "alert_kind"),
    "threshold": Fact("number", N_("Threshold of the rule")),
    "measured": Fact("number", N_("What was measured")),
    "days": Fact("number", N_("Over so many days")),
    "active": Fact("flag", N_("The rule is switched on")),
    "alert_decision": Fact("word", N_("Decision about the alert"), "alert_decision"),
    # What was refused to whoever had no sign-in, since the entry before.
    "act": Fact("word", N_("What was asked"), "action"),
    "refused": Fact("number", N_("How often it was refused")),
    # What was decided.
    "result": Fact("word", N_("Result"), "outcome"),
    "reason": Fact("word", N_("Reason"), "outcome_reason"),
    "note": Fact("flag", N_("With a note")),
    "protected_ground": Fact("word", N_("Ground that the note names"), "protected_ground"),
    "former_result": Fact("word", N_("Result before"), "outcome"),
    "former_reason": Fact("word", N_("Reason before"), "outcome_reason"),
    "former_stage": Fact("word", N_("Stage before"), "stage"),
    "new_stage": Fact("word", N_("Stage moved to"), "stage"),
    "former_assignee": Fact("account", N_("Assigned until then to")),
    "assignee": Fact("account", N_("Assigned to")),
    "criteria": Fact("number", N_("Criteria from then on")),
    "criteria_version": Fact("number", N_("Version of the criteria")),
    "correction": Fact("flag", N_("A correction")),
    "scorecards": Fact("number", N_("Colleagues' scorecards shown")),
    "mentioned": Fact("number", N_("Colleagues mentioned")),
    # What was done to an account, a sign-in or a record.
    "withdrawn_because": Fact("word", N_("Why it was withdrawn"), "withdrawn_because"),
    "reopened_because": Fact("word", N_("Why it should be reopened"), "reopened_because"),
    "ground": Fact("word", N_("Why it was looked at"), "ground"),
    "preview_ground": Fact("word", N_("Why it was looked at beforehand"), "preview_ground"),
    "erasure_ground": Fact("word", N_("Why the person was erased"), "erasure_ground"),
    "texts": Fact("number", N_("Free texts in which the name was blacked out")),
    "channel": Fact("word", N_("How it was said"), "channel"),
    "loosened": Fact("word", N_("What was loosened"), "loosened"),
    "officer": Fact("account", N_("Decided by")),
    "tightened": Fact("word", N_("Stricter law from then on"), "regime"),
    "name_changed": Fact("flag", N_("The name was changed")),
    "email_changed": Fact("flag", N_("The e-mail address was changed")),
    "former_role": Fact("word", N_("Role before"), "role"),
    "role": Fact("word", N_("Role of the account"), "role"),
    "former_company": Fact("company", N_("Company before")),
    "former_manager": Fact("account", N_("Looked after until then by")),
    "manager": Fact("account", N_("Looked after from then on by")),
    "number_changed": Fact("flag", N_("The corporate number was changed")),
    "country_changed": Fact("flag", N_("The country was changed")),
    "address_changed": Fact("flag", N_("The address was changed")),
    "representative_changed": Fact("flag", N_("The representative was changed")),
    "disclosure_stopped": Fact("flag", N_("Nothing is disclosed until a succession is recorded")),
    "succession": Fact("word", N_("What became of the company"), "succession"),
    "industry_changed": Fact("flag", N_("The industry was changed")),
    "again": Fact("flag", N_("The same view again within a minute")),
    "approval": Fact("flag", N_("An administrator has to approve it")),
    "former_limit": Fact("number", N_("Files a day until then")),
    "daily_limit": Fact("number", N_("Files a day from then on")),
    "files": Fact("number", N_("Files saved until then")),
    "asker": Fact("account", N_("Asked for by")),
    "granted": Fact("flag", N_("Granted")),
    "attested": Fact("word", N_("What was attested"), "attested"),
    "stand_in": Fact("account", N_("Who stands in")),
    "networks": Fact("number", N_("Networks from then on")),
    "fair_screening": Fact("flag", N_("Fair screening")),
    "done": Fact("flag", N_("Done")),
    "ends": Fact("moment", N_("Agreements before it end on")),
    "companies": Fact("number", N_("Companies that are asked")),
    "mail_doubt": Fact("word", N_("What was checked about the signatory's address"), "mail_doubt"),
    "screening": Fact("word", N_("Outcome of the screening"), "screening"),
    "text_version": Fact("number", N_("Version of the text")),
    "check_version": Fact("number", N_("Version of the questions")),
    "right_answers": Fact("number", N_("Questions answered rightly, of three")),
    "keys": Fact("flag", N_("Single keys do something")),
    "notices": Fact("word", N_("Told by mail from then on"), "notices"),
    "temporary_password": Fact("flag", N_("With a temporary password")),
    "link_kind": Fact("word", N_("What the link is for"), "link_kind"),
    "everywhere": Fact("flag", N_("On all devices")),
    "ended": Fact("number", N_("Sign-ins that ended")),
    "pending": Fact("flag", N_("It binds, and is still to be written to the record")),
    "told": Fact("number", N_("Told by mail: administrators of the company, and whoever looks after it")),
    "new": Fact("flag", N_("A new record")),
    "review_kind": Fact("word", N_("Kind of the review"), "review_kind"),
    "accounts": Fact("number", N_("Accounts")),
    "records": Fact("number", N_("Records")),
    "written": Fact("number", N_("Entries written")),
}
