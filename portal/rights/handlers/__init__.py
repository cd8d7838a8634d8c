"""The pages of erasures and of the statutory records, one file per reader."""

from portal.rights.handlers import erasure, received, records

routes = [*records.routes, *received.routes, *erasure.routes]
