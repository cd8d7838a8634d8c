"""What a consent can lack before anything of it is believed: a closed list, reckoned by `gate.lacks`.

Each is told to whoever brings the consent, beside the field in which it is put right.
"""

from portal.language.i18n import N_

LACKS = {
    "notice_not_described": (
        "notice",
        N_("a notice of which it is recorded what it says: its policy_version, purposes, items and regimes in notices"),
    ),
    "notice_names_less": (
        "notice",
        N_("a notice whose text names every item and purpose it covers; what this one claims is taken as nothing"),
    ),
    "policy_before_sharing": (
        "notice",
        N_("a notice under the policy of 2024-02-13 or a later one: those before it did not allow sharing"),
    ),
    "given_outside_notice": (
        "given_at",
        N_("a time at which the notice shown was in force: since {since}, until {until}"),
    ),
    "given_in_future": ("given_at", N_("a time that has been")),
    "expiry_missing": ("expires_at", N_("the end of the consent: the notice shown promises that it has one")),
    "expiry_beyond_promise": ("expires_at", N_("an end within the days that the notice shown promises")),
    "evidence_missing": ("evidence", N_("how the consent was given, and where its evidence is kept")),
}
"""By code: the field, and what would be right."""
