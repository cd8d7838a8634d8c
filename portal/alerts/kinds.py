"""The kinds of rules, closed: what each looks for, what its threshold is, and between which numbers that may lie."""

from dataclasses import dataclass

from portal.language.i18n import N_


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule in words. `found` says what was measured, with `%(num)s` in it."""

    label: str
    looks_for: str
    threshold: str
    found: str
    most: int


KINDS = {
    "many_candidates": Kind(
        N_("Many candidates in an hour"),
        N_("One account opens that many candidates within an hour. One that is opened again in between counts once."),
        N_("Candidates in an hour"),
        N_("%(num)s candidates within an hour"),
        1000,
    ),
    "whole_list": Kind(
        N_("A whole list opened"),
        N_("One account opens that share of its company's introductions in a day, and at least ten."),
        N_("Percent of the introductions"),
        N_("%(num)s percent of the company's introductions in a day"),
        100,
    ),
    "downloads_above_habit": Kind(
        N_("Downloads far above the account's own habit"),
        N_(
            "One account downloads that many times as much in a day as it did on average on the days of the four "
            "weeks before on which it downloaded anything, and at least five files."
        ),
        N_("Times its habit"),
        N_("%(num)s files in a day"),
        100,
    ),
    "off_hours": Kind(
        N_("Nights and holidays"),
        N_(
            "One account is shown that many introductions' data between 22 and 7, on a Saturday or Sunday, on a public "
            "holiday, or from 29 December to 3 January, Japanese time."
        ),
        N_("Looks in a night or on such a day"),
        N_("%(num)s looks at a time off"),
        1000,
    ),
    "new_network": Kind(
        N_("New network"),
        N_(
            "An account signs in from a network that it did not sign in from for that many days, though it signed "
            "in from others."
        ),
        N_("Days that a network is remembered"),
        N_("%(num)s sign-in from a new network"),
        365,
    ),
    "two_places": Kind(
        N_("One account in two places"),
        N_("Two sign-ins of one account are used from two networks within that many minutes."),
        N_("Minutes between them"),
        N_("%(num)s changes between two networks"),
        1440,
    ),
    "refusals_in_row": Kind(
        N_("Refusals in a row"),
        N_("One account is refused that many times on end, with nothing that was permitted in between."),
        N_("Refusals on end"),
        N_("%(num)s refusals on end"),
        1000,
    ),
    "after_closing": Kind(
        N_("Looks after a decision or a closed position"),
        N_("One account tries that many times in a day to open what a decision or a closed position had ended."),
        N_("Tries in a day"),
        N_("%(num)s tries after the end"),
        1000,
    ),
    "staff_without_case": Kind(
        N_("Staff looking without a case"),
        N_(
            "One of the operator's people looks at a person's data, and does nothing for that person in that many "
            "hours before or after."
        ),
        N_("Hours before and after"),
        N_("%(num)s persons looked at, and nothing done for them"),
        240,
    ),
}
