"""Imported by the fork server: what every worker then has from the beginning."""

from portal.resume import warm, worker

__all__ = ["worker"]
warm.warm_up()
