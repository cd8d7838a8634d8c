"""The recruiters' and the account managers' pages, one file per page."""

from portal.selection.handlers import candidate, candidates, companies, documents, introductions, outcome

routes = [
    *candidates.routes,
    *candidate.routes,
    *documents.routes,
    *outcome.routes,
    *introductions.routes,
    *companies.routes,
]
