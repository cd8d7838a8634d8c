"""Receipts: what left the portal carries, signed, who received it, when, for what and on which basis.

`docs/log-format.md` fixes the bytes. Whoever holds the file and the public keys can check it without the portal.
"""
