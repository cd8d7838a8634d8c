"""The words that a fact of an entry can be, by the macro in `templates/components/words.html` that has them for people.

Promise: what somebody typed is never a fact. The database refuses any other word, so each list names all that the
program can write. `tests/disclosure/test_p4_words_of_facts.py` holds them to where each of them comes from.
"""

from portal.accesslog.actions import Action
from portal.accesslog.reasons import CODES
from portal.database.viewer import Role

OUTCOME_REASONS = (
    "offer_accepted", "skills_not_matching", "japanese_level_for_work", "qualification_missing", "work_not_permitted",
    "conditions_not_agreed", "start_date_not_agreed", "position_filled", "opening_closed", "candidate_declined",
    "accepted_elsewhere", "no_reply",
)  # fmt: skip
PROTECTED_GROUNDS = (
    "race", "ethnicity", "social_status", "family_origin", "domicile", "family", "religion", "beliefs", "party",
    "union", "disability", "health", "marriage", "pregnancy", "orientation",
    "nationality", "age", "date_of_birth", "gender", "photo",
)  # fmt: skip
WORK = (
    "unrestricted", "within_scope", "employer_bound", "employer_and_field_bound", "trainer_bound", "designated",
    "with_permission", "after_change", "none", "not_known",
)  # fmt: skip
LANGUAGES = (
    "en", "zh", "ko", "vi", "my", "ne", "id", "tl", "th", "km", "lo", "mn", "si", "ta", "bn", "hi", "ur", "uz", "ru",
    "pt", "es", "fr", "de",
)  # fmt: skip
LISTS: dict[str, tuple[str, ...]] = {
    "action": tuple(action.code for action in Action),
    "actor_role": (*(role.value for role in Role), "operator_program", "link"),
    "alert_decision": ("harmless", "explained", "warned", "suspended", "breach"),
    "alert_kind": (
        "many_candidates",
        "whole_list",
        "downloads_above_habit",
        "off_hours",
        "new_network",
        "two_places",
        "refusals_in_row",
        "after_closing",
        "staff_without_case",
    ),
    "assigned": ("me", "nobody"),
    "attested": ("deleted", "kept_by_law"),
    "channel": ("telephone", "paper", "platform", "page"),
    "decision": ("permitted", "refused", "undetermined"),
    "erasure_ground": ("person_asked", "purpose_over", "consent_withdrawn", "unlawful", "legal_duty"),
    "export_form": ("csv", "jsonl", "ocsf", "fhir", "xlsx", "pdf"),
    "ground": ("person_called", "person_wrote", "person_asked", "complaint", "legal_duty"),
    "link_kind": ("invitation", "lost_password", "signing", "signed_copy"),
    "looked_for": ("introduction", "candidate", "nobody"),
    "loosened": ("regime", "restriction", "objection"),
    "mail_doubt": ("other_domain", "free_mail", "nothing_to_compare"),
    "notices": ("at_once", "daily", "never"),
    "outcome": ("hired", "not_hired", "withdrawn"),
    "outcome_reason": OUTCOME_REASONS,
    "preview_ground": ("before_introducing", "person_asked_what_is_shown"),
    "protected_ground": PROTECTED_GROUNDS,
    "regime": ("general", "california", "eea"),
    "reopened_because": ("recorded_by_mistake", "position_open_again", "person_asked"),
    "purpose": ("selection", "contact"),
    "reason": tuple(CODES),
    "item": (
        "name",
        "email",
        "photo",
        "nationality",
        "address",
        "date_of_birth",
        "age",
        "gender",
        "telephone",
        "background",
        "qualifications",
        "residence_status",
        "japanese_level",
        "resume_original",
    ),
    "review_kind": ("sampled", "complete"),
    "role": tuple(role.value for role in Role),
    "screening": ("approved", "refused"),
    "spoken": LANGUAGES,
    "succession": ("renamed", "representative", "moved", "merged"),
    "stage": ("introduced", "screening", "interview", "offer", "decided"),
    "withdrawn_because": (
        "by_mistake",
        "person_asked",
        "company_asked",
        "position_changed",
        "record_wrong",
        "legal_duty",
    ),
    "work": WORK,
}
