"""The account pages' routes."""

from portal.accounts.handlers import administration, links, lost_password, own, sign_in

routes = [*sign_in.routes, *lost_password.routes, *links.routes, *own.routes, *administration.routes]
