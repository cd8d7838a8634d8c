"""Why something was not shown or done: a closed list of codes, and its words are in `templates/components/words.html`.

A reason of the rule has a bit, by which the rule reckons within one transaction: a set of them is one number. A refusal
of an act is a code alone. An entry holds codes, so that no bit is ever written down and their order may change.
"""

RULE = (
    "no_live_session", "not_for_this_role", "undertaking_not_accepted",
    "company_not_active", "agreement_not_in_force", "new_version_not_signed", "group_left",
    "group_agreement_not_joined", "purpose_not_in_agreement",
    "recipient_changed",
    "consent_not_given", "consent_withdrawn", "consent_expired", "consent_unsupported", "consent_before_lifting",
    "consent_to_former_recipient",
    "purpose_not_in_consent",
    "candidate_restricted", "candidate_objecting", "candidate_erased",
    "company_outside_japan", "network_outside_japan", "network_outside_territory", "network_outside_company",
    "notice_not_for_regime", "foreign_transfer_notice_missing",
    "window_closed", "opening_closed", "introduction_inactive", "introduction_withdrawn",
    "fair_screening", "item_not_open", "file_holds_more", "no_such_record",
    "regime_unknown", "company_country_unknown", "network_country_unknown", "network_unknown",
)  # fmt: skip
ACTS = (
    "other_company", "password_wrong", "too_many_tries", "account_not_active", "nothing_to_correct",
    "nothing_to_withdraw", "nothing_to_change", "correction_unproved", "unproved", "law_of_address",
    "link_over", "code_wrong", "not_to_be_signed", "own_act", "under_group_agreement", "other_text", "other_name",
    "email_used",
    "own_draft", "not_now", "moved_meanwhile", "not_hired", "several_openings",
    "not_the_writer", "corrected_meanwhile", "minutes_over", "not_understood", "assigned_meanwhile", "no_colleague",
    "over_daily_limit", "above_agreement",
    "criteria_changed", "scorecard_there", "hours_over",
    "name_taken", "too_many_views", "text_names_person",
)  # fmt: skip

MISSING_FACTS = frozenset({"regime_unknown", "company_country_unknown", "network_country_unknown", "network_unknown"})
"""What is a missing fact and not an answer: these alone leave a decision undetermined."""

BITS = {code: 1 << place for place, code in enumerate(RULE)}
CODES = (*RULE, *ACTS)
