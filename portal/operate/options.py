"""How the embedded server is set up.

Nothing a person typed or is called reaches its log: no statements, no parameters, and terse
errors, because the detail of an error quotes the row.
"""

from pathlib import Path

from portal.operate.postmaster import PORT

_ALWAYS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "huge_pages": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "idle_in_transaction_session_timeout": "60s",
    "log_line_prefix": "%m [%p] %u ",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def server_arguments(sockets: Path, durable: bool) -> list[str]:
    """Return the arguments of `postgres` for a server that listens in the folder `sockets`."""
    options = {**_ALWAYS, "unix_socket_directories": f'"{sockets}"'}
    if not durable:
        options |= _NOT_DURABLE
    return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]


def initdb_arguments(major: int, durable: bool) -> list[str]:
    """Return the arguments of `initdb`: passwords for everyone, UTF-8, order by code point.

    From version 17 the collation is the server's own and the same on every machine; before that
    it is the system's C.UTF-8.
    """
    arguments = ["--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"]
    if major >= 17:
        arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    else:
        arguments += ["--locale=C.UTF-8"]
    if major < 18:
        arguments += ["--data-checksums"]  # on by default from 18
    return arguments if durable else [*arguments, "--no-sync"]
