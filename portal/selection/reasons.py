"""Why an outcome was what it was: a closed list, so that no protected ground can be written down as a reason.

None of these is, or stands for, one of the fourteen items of fair hiring, sex, age or nationality. That a status
of residence does not permit the work is a fact about the work, asked under the Immigration Act. "Withdrawn" is an act
of the candidate: that nobody replied, or that the position was closed, is none.
"""

REASONS: dict[str, tuple[str, ...]] = {
    "hired": ("offer_accepted",),
    "not_hired": (
        "skills_not_matching",
        "japanese_level_for_work",
        "qualification_missing",
        "work_not_permitted",
        "conditions_not_agreed",
        "start_date_not_agreed",
        "position_filled",
        "no_reply",
        "opening_closed",
    ),
    "withdrawn": ("candidate_declined", "accepted_elsewhere"),
}
