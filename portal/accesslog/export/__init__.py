"""Exports of the access log: exactly what a filter found, with its manifest, whole or saying that it is not."""
