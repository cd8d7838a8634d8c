"""The pages of the statutory records, one file per reader."""

from portal.rights.handlers import received, records

routes = [*records.routes, *received.routes]
