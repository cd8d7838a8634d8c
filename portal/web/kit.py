"""What the pages share for as long as the process runs: settings, templates, static files, cookie names."""

from dataclasses import dataclass
from pathlib import Path

from portal.settings import Settings
from portal.web.cookies import Cookies
from portal.web.network import Hosts, Proxies
from portal.web.static import StaticFiles, static_files
from portal.web.templates import Templates

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the portal and answers for personal data, for the contact block."""

    name: str
    address: str
    email: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Kit:
    """Made once by `make_kit`; every `Visit` points to it.

    `gate_digest` is what the gate in the database must be, for /readyz.
    """

    settings: Settings
    templates: Templates
    static: StaticFiles
    cookies: Cookies
    hosts: Hosts
    proxies: Proxies
    operator: Operator
    gate_digest: str


def make_kit(settings: Settings, gate_digest: str) -> Kit:
    """Read templates and static files. Raises what is wrong with them, before anything is served."""
    return Kit(
        settings=settings,
        templates=Templates(ROOT / "templates"),
        static=static_files(ROOT / "static"),
        cookies=Cookies(https=settings.secure),
        hosts=Hosts(settings.base_url),
        proxies=Proxies(settings.trusted_proxies, settings.forwarded_header),
        operator=Operator(
            settings.operator_name,
            settings.operator_address,
            settings.operator_email,
            settings.operator_telephone,
        ),
        gate_digest=gate_digest,
    )
