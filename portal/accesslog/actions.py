"""Every act that the access log can hold: a closed list.

Import, command line and gate name an act from here. The list is put into `accesslog.action` whenever the gate is built
(`portal.accesslog.lists`); the database refuses an entry of any other act. An act that was in the log once stays here.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum

from portal.language.i18n import N_, gettext


class Subject(StrEnum):
    """What kind of thing the id in an entry's `subject_id` is the id of."""

    ACCOUNT = "account"
    SESSION = "session"
    ENTRY = "entry"
    DOCUMENT = "document"
    COMPANY = "company"
    OPENING = "opening"
    AGREEMENT = "agreement"
    TEMPLATE = "template"
    GROUP = "group"
    UNDERTAKING = "undertaking"
    NOTICE = "notice"
    CONSENT = "consent"
    INTRODUCTION = "introduction"
    OUTCOME = "outcome"
    DUTY = "duty"
    NOTE = "note"
    SCORECARD = "scorecard"
    REVIEW = "review"
    QUESTION = "question"
    ERASURE = "erasure"


SUBJECTS = {
    Subject.ACCOUNT: N_("account"),
    Subject.SESSION: N_("sign-in"),
    Subject.ENTRY: N_("log entry"),
    Subject.DOCUMENT: N_("document"),
    Subject.COMPANY: N_("company"),
    Subject.OPENING: N_("position"),
    Subject.AGREEMENT: N_("agreement"),
    Subject.TEMPLATE: N_("template of agreements"),
    Subject.GROUP: N_("group of companies"),
    Subject.UNDERTAKING: N_("undertaking"),
    Subject.NOTICE: N_("notice"),
    Subject.CONSENT: N_("consent"),
    Subject.INTRODUCTION: N_("introduction"),
    Subject.OUTCOME: N_("outcome"),
    Subject.DUTY: N_("duty to delete"),
    Subject.NOTE: N_("note"),
    Subject.SCORECARD: N_("scorecard"),
    Subject.REVIEW: N_("review of the log"),
    Subject.QUESTION: N_("question"),
    Subject.ERASURE: N_("erasure"),
}


@dataclass(frozen=True, slots=True)
class _Act:
    """What a reader is told was done, what its subject is, and the facts its entries may have."""

    label: str
    subject: Subject | None = None
    facts: tuple[str, ...] = ()


NARROWED = (
    "name",
    "code",
    "opening",
    "stage",
    "japanese_rank",
    "japanese_own_rank",
    "work_permission",
    "decided",
    "result",
    "unread",
    "assigned",
    "keywords",
    "qualification",
    "language",
    "available_months",
)
READ = (
    "since",
    "until",
    "company",
    "account",
    "by_role",
    "action",
    "decision",
    "purpose",
    "for_reason",
    "item",
    "hour",
    "session",
    "request_of",
    "address_of",
    "number",
)
DECIDED = ("result", "reason", "note")
CHANGED = ("name_changed", "email_changed", "former_role", "role", "former_company", "ended", "told")
IDENTITY = (
    "name_changed",
    "number_changed",
    "country_changed",
    "address_changed",
    "representative_changed",
    "disclosure_stopped",
)


class Action(Enum):
    """One act. A person is never a subject: who an entry is about stands in its side row alone."""

    SEARCHED = _Act(N_("Searched candidates"), facts=NARROWED)
    HOME_SHOWN = _Act(N_("Looked at the home page"))
    PROGRESS_SHOWN = _Act(N_("Looked at how the selections go"))
    COMPANY_LOG_READ = _Act(N_("Read what the company's own people did"), facts=("account",))
    LISTED = _Act(N_("Listed candidates"))
    PAGE_SHOWN = _Act(N_("Opened a candidate"), facts=("again",))
    COMPARED = _Act(N_("Compared with other candidates"))
    PHOTO_SHOWN = _Act(N_("Showed a photo"), Subject.DOCUMENT, ("again",))
    RESUME_READ = _Act(N_("Read a resume on the page"), facts=("again",))
    RESUME_DOWNLOADED = _Act(N_("Saved a resume"))
    DOCUMENT_OPENED = _Act(N_("Read an original on the page"), Subject.DOCUMENT, ("again",))
    DOCUMENT_DOWNLOADED = _Act(N_("Saved an original"), Subject.DOCUMENT)
    HANDED_OVER = _Act(N_("Received the file"), Subject.ENTRY)
    INDEX_TAKEN = _Act(N_("Took the index sheet of several resumes"))
    PAGE_PRINTED = _Act(N_("Opened a candidate for printing"))
    CONTACT_REVEALED = _Act(N_("Showed contact details"))
    STAGE_MOVED = _Act(N_("Moved to a stage"), facts=("former_stage", "new_stage"))
    ASSIGNED = _Act(N_("Assigned a candidate to a colleague"), facts=("former_assignee", "assignee"))
    ASSIGNMENT_ENDED = _Act(N_("Ended what was assigned to somebody"), Subject.ACCOUNT)
    NOTE_WRITTEN = _Act(N_("Wrote a note to colleagues"), Subject.NOTE, ("mentioned",))
    CRITERIA_SET = _Act(N_("Set the criteria of a position"), Subject.OPENING, ("criteria", "criteria_version"))
    SCORECARD_FILLED_IN = _Act(N_("Filled in a scorecard"), Subject.SCORECARD, ("correction", "criteria_version"))
    SCORECARDS_READ = _Act(N_("Looked at the scorecards"), facts=("scorecards",))
    QUESTION_ASKED = _Act(N_("Asked the account manager a question"), Subject.QUESTION)
    QUESTIONS_LISTED = _Act(N_("Listed questions to the account manager"))
    QUESTION_OPENED = _Act(N_("Opened a question to the account manager"), Subject.QUESTION)
    QUESTION_ANSWERED = _Act(N_("Answered a question"), Subject.QUESTION)
    OUTCOME_RECORDED = _Act(N_("Recorded an outcome"), Subject.OUTCOME, DECIDED)
    OUTCOME_CORRECTED = _Act(N_("Corrected an outcome"), Subject.OUTCOME, (*DECIDED, "former_result", "former_reason"))
    OUTCOME_TAKEN_BACK = _Act(N_("Took a decision back"), Subject.OUTCOME, ("former_result", "former_reason"))
    REOPENING_ASKED_FOR = _Act(N_("Asked to have a selection reopened"), Subject.OUTCOME, ("reopened_because",))
    HISTORY_READ = _Act(N_("Read what the company did with an introduction"))
    REOPENINGS_LISTED = _Act(N_("Listed what is asked to be reopened"))
    INTRODUCTION_REOPENED = _Act(N_("Reopened a selection"), Subject.OUTCOME, ("reopened_because",))
    REOPENING_DECLINED = _Act(N_("Declined to reopen a selection"), Subject.OUTCOME, ("reopened_because",))
    OWN_DECISION_SHOWN = _Act(N_("Looked at an own decision just made"), Subject.OUTCOME)
    PROTECTED_GROUND_NAMED = _Act(N_("Named a protected ground in a note"), Subject.OUTCOME, ("protected_ground",))
    UNDERTAKING_ACCEPTED = _Act(
        N_("Accepted the undertaking"), facts=("text_version", "check_version", "right_answers")
    )
    EXPLAINED = _Act(N_("Asked for the reasons"))
    INTRODUCTIONS_LISTED = _Act(N_("Listed introductions"), facts=("open", "code", "counted"))
    CANDIDATES_OFFERED = _Act(N_("Listed who can be put forward"), Subject.OPENING)
    SELECTION_LAPSED = _Act(N_("Told that a selection ended without activity"))
    INTRODUCTION_MADE = _Act(N_("Put a candidate forward"), Subject.INTRODUCTION)
    INTRODUCTION_PREVIEWED = _Act(N_("Looked at what a company would see"), Subject.OPENING, ("preview_ground",))
    INTRODUCTION_WITHDRAWN = _Act(N_("Withdrew an introduction"), Subject.INTRODUCTION, ("withdrawn_because",))
    DELETIONS_LISTED = _Act(N_("Listed what is to be deleted"))
    DELETION_ATTESTED = _Act(N_("Attested a deletion"), Subject.DUTY, ("attested",))
    OWN_DOWNLOADS_LISTED = _Act(N_("Listed what they took themselves"))
    OWN_COPIES_ATTESTED = _Act(N_("Attested what became of their own copies"), Subject.DUTY, ("attested",))
    DOWNLOADS_ASKED_FOR = _Act(N_("Said why more files are needed today"), facts=("approval", "files"))
    DOWNLOADS_ANSWERED = _Act(N_("Answered who needs more files today"), facts=("asker", "granted"))
    DOWNLOAD_LIMIT_SET = _Act(
        N_("Set how many files may be saved in a day"), Subject.ACCOUNT, ("former_limit", "daily_limit")
    )
    BASIS_READ = _Act(N_("Read what an entry stands on"), Subject.ENTRY)
    ENTRY_CHECKED = _Act(N_("Had an entry checked against its seal"), Subject.ENTRY)
    LOG_READ = _Act(N_("Read the access log"), Subject.ENTRY, READ)
    LOG_EXPORTED = _Act(N_("Exported the access log"), Subject.ENTRY, (*READ, "form"))
    LOG_EXPORT_ENDED = _Act(N_("An export of the access log ended"), Subject.ENTRY, ("entries", "whole"))
    BREACH_RECKONED = _Act(N_("Reckoned what a breach reached"), Subject.ENTRY, (*READ, "form"))
    REVIEW_STARTED = _Act(N_("Started a review of the log"), Subject.REVIEW, ("review_kind", "assignee"))
    REVIEW_REASSIGNED = _Act(N_("Gave a review to another reviewer"), Subject.REVIEW, ("former_assignee", "assignee"))
    REVIEW_READ = _Act(N_("Read the entries of a review"), Subject.REVIEW)
    REVIEW_JUDGED = _Act(N_("Judged entries of a review"), Subject.REVIEW, ("entries",))
    REVIEW_CONCLUDED = _Act(N_("Concluded a review"), Subject.REVIEW)
    REVIEW_SIGNED_OFF = _Act(N_("Signed a review off"), Subject.REVIEW)
    CERTIFICATION_OPENED = _Act(N_("Asked a company which accounts it still needs"), facts=("ends",))
    CERTIFICATION_CLOSED = _Act(N_("Closed the certification of a company's accounts"), facts=("accounts",))
    ACCOUNTS_CERTIFIED = _Act(N_("Said which accounts are still needed"), facts=("accounts",))
    PROVISIONS_READ = _Act(N_("Read the provision records"), facts=("since", "until", "company", "number"))
    PROVISIONS_EXPORTED = _Act(N_("Exported provision records"), facts=("since", "until", "company", "number", "form"))
    PROVISION_NAMED = _Act(N_("Named a person in exported provision records"))
    PROVISION_BY_CONTRACT = _Act(N_("Recorded that a contract stands in for a provision record"))
    PROVISIONS_FORGOTTEN = _Act(N_("Forgot provision records whose time was over"), facts=("records",))
    RECEIVED_READ = _Act(N_("Read the company's own record of what it received"))
    RECEIVED_EXPORTED = _Act(N_("Exported the company's own record of what it received"), facts=("form",))
    REGISTER_EXPORTED = _Act(N_("Exported the placement register"), facts=("since", "until", "form"))
    REGISTER_NAMED = _Act(N_("Named a person in the exported placement register"))
    ERASURE_WEIGHED = _Act(N_("Looked at what an erasure would remove"))
    PERSON_ERASED = _Act(
        N_("Erased a person"), Subject.ERASURE, ("files", "erasure_ground", "channel", "officer", "texts")
    )
    ERASURES_READ = _Act(N_("Looked at erasures"), Subject.ERASURE)
    SEAL_READ = _Act(N_("Looked at the seal of the log"))
    VERIFICATION_ASKED = _Act(N_("Had the log verified"))
    LOG_VERIFIED = _Act(N_("Verified the log"), facts=("sealed", "faults", "done"))
    ALERTS_READ = _Act(N_("Looked at alerts"), Subject.ACCOUNT)
    ALERT_RULES_READ = _Act(N_("Looked at the rules for alerts"))
    ALERT_RULE_TRIED = _Act(N_("Tried a rule for alerts on past entries"), facts=("alert_kind", "threshold", "days"))
    ALERT_RULE_SET = _Act(N_("Set a rule for alerts"), facts=("alert_kind", "threshold", "active"))
    ALERT_RAISED = _Act(N_("Raised an alert"), Subject.ACCOUNT, ("alert_kind", "threshold", "measured"))
    ALERT_TAKEN = _Act(N_("Took an alert over"), Subject.ACCOUNT)
    ALERT_DECIDED = _Act(N_("Decided about an alert"), Subject.ACCOUNT, ("alert_decision",))
    RECEIPT_READ = _Act(N_("Looked at a receipt"), Subject.ENTRY)
    REFUSED_WITHOUT_SIGN_IN = _Act(N_("Refused without a sign-in"), facts=("act", "refused"))
    SIGN_IN = _Act(N_("Signed in"), Subject.ACCOUNT, ("temporary_password",))
    SIGN_OUT = _Act(N_("Signed out"), Subject.ACCOUNT, ("everywhere", "ended"))
    SESSION_ENDED = _Act(N_("Ended a sign-in of their own"), Subject.SESSION)
    VIEW_SAVED = _Act(N_("Kept a search under a name"), Subject.ACCOUNT)
    VIEW_RENAMED = _Act(N_("Renamed a kept search"), Subject.ACCOUNT)
    VIEW_DELETED = _Act(N_("Deleted a kept search"), Subject.ACCOUNT)
    KEYS_SWITCHED = _Act(N_("Switched single keys on or off"), Subject.ACCOUNT, ("keys",))
    NOTICES_CHOSEN = _Act(N_("Chose how to be told by mail"), Subject.ACCOUNT, ("notices",))
    PASSWORD_CHANGED = _Act(N_("Changed the password"), Subject.ACCOUNT, ("ended",))
    PASSWORD_REPLACED = _Act(N_("Replaced a password"), Subject.ACCOUNT, ("ended",))
    ACCOUNT_CREATED = _Act(N_("Created an account"), Subject.ACCOUNT, ("role", "told"))
    ACCOUNT_CHANGED = _Act(N_("Changed an account"), Subject.ACCOUNT, CHANGED)
    ACCOUNT_SUSPENDED = _Act(N_("Suspended an account"), Subject.ACCOUNT, ("ended", "pending"))
    ACCOUNT_REACTIVATED = _Act(N_("Reactivated an account"), Subject.ACCOUNT)
    ACCOUNT_SIGNED_OUT = _Act(N_("Ended somebody's sign-ins"), Subject.ACCOUNT, ("ended",))
    LINK_ASKED_FOR = _Act(N_("Asked for a link at the sign-in page"))
    LINK_MADE = _Act(N_("Had a link sent"), Subject.ACCOUNT, ("link_kind",))
    LINK_OPENED = _Act(N_("Opened a link"), Subject.ACCOUNT, ("link_kind",))
    LINK_CODE_ENTERED = _Act(N_("Entered the code for a link"), Subject.ACCOUNT)
    PASSWORD_CHOSEN = _Act(N_("Chose a password by a link"), Subject.ACCOUNT, ("ended",))
    COMPANY_CREATED = _Act(N_("Created a company"), Subject.COMPANY)
    COMPANY_HANDED_OVER = _Act(N_("Handed a company over"), Subject.COMPANY, ("former_manager", "manager"))
    COMPANY_CHANGED = _Act(N_("Changed a company"), Subject.COMPANY, (*IDENTITY, "industry_changed"))
    COMPANY_CONTACT_ADDED = _Act(N_("Added a contact of a company"), Subject.COMPANY)
    COMPANY_CONTACT_CHANGED = _Act(N_("Changed a contact of a company"), Subject.COMPANY)
    COMPANY_CONTACT_REMOVED = _Act(N_("Removed a contact of a company"), Subject.COMPANY)
    STAND_IN_NAMED = _Act(N_("Named who stands in for a company"), Subject.COMPANY, ("stand_in",))
    STAND_IN_ENDED = _Act(N_("Ended who stands in for a company"), Subject.COMPANY, ("stand_in",))
    COMPANY_NETWORKS_CHANGED = _Act(N_("Changed a company's networks"), Subject.COMPANY, ("networks",))
    SUCCESSION_RECORDED = _Act(N_("Recorded a succession of a company"), Subject.COMPANY, ("succession",))
    COMPANY_SENT_TO_SCREENING = _Act(N_("Sent a company to screening"), Subject.COMPANY)
    COMPANY_SCREENED = _Act(N_("Approved or refused a company"), Subject.COMPANY, ("screening",))
    COMPANY_ACTIVATED = _Act(N_("Activated a company"), Subject.COMPANY)
    COMPANY_SUSPENDED = _Act(N_("Suspended a company"), Subject.COMPANY, ("ended", "pending"))
    COMPANY_REACTIVATED = _Act(N_("Reactivated a company"), Subject.COMPANY)
    COMPANY_TERMINATED = _Act(N_("Terminated a company"), Subject.COMPANY, ("ended", "pending"))
    OPENING_CREATED = _Act(N_("Created a position"), Subject.OPENING, ("fair_screening",))
    OPENING_CHANGED = _Act(N_("Changed a position"), Subject.OPENING, ("fair_screening",))
    OPENING_CLOSED = _Act(N_("Closed a position"), Subject.OPENING)
    OPENING_REOPENED = _Act(N_("Reopened a position"), Subject.OPENING)
    GROUP_MADE = _Act(N_("Made a group of companies"), Subject.GROUP)
    GROUP_LIST_PUBLISHED = _Act(N_("Kept a group's published list"), Subject.GROUP)
    GROUP_MEMBER_ADDED = _Act(N_("Entered a company into a group"), Subject.GROUP)
    GROUP_MEMBER_LEFT = _Act(N_("Let a company leave its group"), Subject.GROUP)
    GROUP_AGREEMENT_JOINED = _Act(N_("Recorded that a company joined a group agreement"), Subject.AGREEMENT)
    TEMPLATE_DRAFTED = _Act(N_("Drafted a template of agreements"), Subject.TEMPLATE)
    TEMPLATE_APPROVED = _Act(N_("Approved a template of agreements"), Subject.TEMPLATE, ("done",))
    CAMPAIGN_STARTED = _Act(N_("Asked companies for a new version"), Subject.TEMPLATE, ("ends", "companies"))
    CAMPAIGN_CALLED_OFF = _Act(N_("Called a campaign for a new version off"), Subject.TEMPLATE)
    AGREEMENT_DRAFTED = _Act(N_("Drafted an agreement"), Subject.AGREEMENT, ("mail_doubt",))
    AGREEMENT_CHANGED = _Act(N_("Changed the draft of an agreement"), Subject.AGREEMENT, ("mail_doubt",))
    CHOICES_APPROVED = _Act(N_("Approved an agreement's choices outside the bounds"), Subject.AGREEMENT)
    CANDIDATE_IMPORTED = _Act(N_("Imported a candidate"), facts=("new",))
    PERSON_LOOKED_FOR = _Act(N_("Looked for a person"), facts=("ground",))
    PERSON_OPENED = _Act(N_("Opened a person's record"))
    PERSON_LOOKED_AT = _Act(N_("Looked at a person's data"), facts=("ground",))
    EVIDENCE_OPENED = _Act(N_("Opened a scanned paper"), facts=("ground",))
    CONSENT_RECORDED = _Act(N_("Recorded a consent"), Subject.CONSENT, ("channel",))
    USE_RESTRICTED = _Act(N_("Restricted the use of a person's data"), facts=("channel",))
    USE_OBJECTED_TO = _Act(N_("Recorded an objection"), facts=("channel",))
    ITEM_CORRECTED = _Act(N_("Corrected a person's data"), facts=("channel", "tightened"))
    LAW_LOOSENED = _Act(N_("Loosened a person's law"), facts=("loosened", "officer"))
    LAW_TIGHTENED = _Act(
        N_("Held a person by the law of the same e-mail address or telephone number"), facts=("tightened",)
    )
    COMPANY_IMPORTED = _Act(N_("Imported a company"), Subject.COMPANY, ("new",))
    OPENING_IMPORTED = _Act(N_("Imported a position"), Subject.OPENING, ("new",))
    AGREEMENT_IMPORTED = _Act(N_("Imported an agreement"), Subject.AGREEMENT, ("new",))
    AGREEMENT_EVIDENCED = _Act(N_("Recorded the evidence of an agreement"), Subject.AGREEMENT)
    AGREEMENT_SENT = _Act(N_("Sent an agreement to its signatory"), Subject.AGREEMENT)
    AGREEMENT_WITHDRAWN = _Act(N_("Withdrew an agreement from its signatory"), Subject.AGREEMENT)
    AGREEMENT_SIGNED = _Act(N_("Signed an agreement for the company"), Subject.AGREEMENT)
    AGREEMENT_DECLINED = _Act(N_("Declined an agreement"), Subject.AGREEMENT)
    AGREEMENT_COUNTERSIGNED = _Act(N_("Signed an agreement for the operator"), Subject.AGREEMENT)
    AGREEMENT_PAPER_OPENED = _Act(N_("Opened a signed agreement"), Subject.AGREEMENT)
    UNDERTAKING_IMPORTED = _Act(N_("Imported an undertaking"), Subject.UNDERTAKING)
    NOTICE_IMPORTED = _Act(N_("Imported a notice"), Subject.NOTICE)
    NOTICE_DESCRIBED = _Act(N_("Recorded what a notice says"), Subject.NOTICE)
    CONSENT_IMPORTED = _Act(N_("Imported a consent"), Subject.CONSENT)
    CONSENT_EVIDENCED = _Act(N_("Recorded the evidence of a consent"), Subject.CONSENT)
    CONSENT_WITHDRAWN = _Act(N_("Recorded a withdrawal of consent"), Subject.CONSENT, ("channel",))
    INTRODUCTION_IMPORTED = _Act(N_("Imported an introduction"), Subject.INTRODUCTION, ("new", "stage"))
    DEMO_LOG_WRITTEN = _Act(N_("Wrote the invented log of a demo"), facts=("written",))
    OUTCOME_IMPORTED = _Act(N_("Imported an outcome"), Subject.OUTCOME, DECIDED)

    @property
    def code(self) -> str:
        """What an entry calls it."""
        return self.name.lower()

    @property
    def subject(self) -> Subject | None:
        """What its subject is, when it has one."""
        return self.value.subject

    @property
    def facts(self) -> tuple[str, ...]:
        """The keys of the facts that its entries may have."""
        return self.value.facts

    def __str__(self) -> str:
        """Its words, in the language in force."""
        return gettext(self.value.label)


ACTIONS = {action.code: action for action in Action}


def action_words(code: str) -> str:
    """An act in words, in the language in force; a code that is none, as it is, so that nothing is hidden."""
    return str(ACTIONS[code]) if code in ACTIONS else code


def subject_words(code: str | None) -> str:
    """What kind of thing a subject is, in words; empty for none."""
    return gettext(SUBJECTS[Subject(code)]) if code else ""
