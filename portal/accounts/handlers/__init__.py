"""The account pages' routes."""

from portal.accounts.handlers import administration, own, sign_in

routes = [*sign_in.routes, *own.routes, *administration.routes]
