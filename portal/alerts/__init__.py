"""Alerts: rules by which the access log is watched, what they found, and what compliance decided about it.

The rules are rows of `portal.alert_rule`, one of each kind in `kinds.py`; `gate/find.sql` says what each counts.
Nothing happens to anybody by itself: people decide.
"""
