"""The pages on which account managers look after companies."""

from portal.companies.handlers import companies, openings, record, states

routes = [*companies.routes, *record.routes, *states.routes, *openings.routes]
