"""The process log: one line per event on standard error, without personal data.

Requests appear by their route's pattern and their random id. Addresses, names, search words,
e-mail addresses and what the database said do not appear at all.
"""

import logging
import sys

import structlog

NOISY = ("litestar", "piccolo", "asyncpg", "httpx")


def configure(form: str, level: str) -> None:
    """Send structlog's events to standard error, as JSON lines or, with `form` "console", for people."""
    last: structlog.typing.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "console":
        last = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
