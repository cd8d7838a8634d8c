"""The account pages' routes."""

from portal.accounts.handlers import (
    administration,
    links,
    looked_for,
    lost_password,
    one_account,
    own,
    sign_in,
    suspension,
)

routes = [
    *sign_in.routes,
    *lost_password.routes,
    *links.routes,
    *own.routes,
    *administration.routes,
    *one_account.routes,
    *suspension.routes,
    *looked_for.routes,
]
