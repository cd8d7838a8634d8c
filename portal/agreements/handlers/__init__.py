"""The pages of agreements: as a company's people read theirs, as its signatory signs it, and as the operator does."""

from portal.agreements.handlers import countersigning, own_agreement, papers, sending, signatory

routes = [
    *own_agreement.routes,
    *sending.routes,
    *signatory.routes,
    *countersigning.routes,
    *papers.routes,
]
