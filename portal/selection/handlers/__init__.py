"""The pages of candidates and introductions, one file per page."""

from portal.selection.handlers import (
    board,
    candidate,
    candidates,
    compare,
    deletions,
    documents,
    forward,
    home,
    introductions,
    neighbours,
    outcome,
    preview,
    receipts,
    returned,
    stage,
    withdrawal,
)

routes = [
    *home.routes,
    *board.routes,
    *candidates.routes,
    *candidate.routes,
    *compare.routes,
    *neighbours.routes,
    *documents.routes,
    *receipts.routes,
    *outcome.routes,
    *returned.routes,
    *stage.routes,
    *introductions.routes,
    *forward.routes,
    *preview.routes,
    *withdrawal.routes,
    *deletions.routes,
]
