"""Entries as they go out to the operator's own collector: syslog over TLS, or HTTPS.

Promise: in the order of their leaves, each at least once, and nothing of the side row, which names people.
"""
