"""The pages of agreements: as a company's people read theirs, as its signatory signs it, and as the operator does."""

from portal.agreements.handlers import (
    campaigns,
    countersigning,
    drafts,
    groups,
    joining,
    own_agreement,
    papers,
    sending,
    signatory,
    templates,
)

routes = [
    *own_agreement.routes,
    *templates.routes,
    *campaigns.routes,
    *groups.routes,
    *joining.routes,
    *drafts.routes,
    *sending.routes,
    *signatory.routes,
    *countersigning.routes,
    *papers.routes,
]
