"""The pages of companies: what account managers do for them, and employer administrators for their own team."""

from portal.companies.handlers import (
    companies,
    contacts,
    hand_over,
    looked_for,
    networks,
    openings,
    people,
    record,
    screening,
    stand_ins,
    states,
    succession,
)

routes = [
    *companies.routes, *record.routes, *states.routes, *screening.routes, *succession.routes, *openings.routes,
    *people.routes, *hand_over.routes, *networks.routes, *contacts.routes, *stand_ins.routes,
    *looked_for.routes,
]  # fmt: skip
