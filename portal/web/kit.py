"""What the pages share for as long as the process runs: settings, templates, static files, cookie names."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from litestar.types import ControllerRouterHandler

from portal.country_file import CountryFile
from portal.settings import Settings
from portal.web.addresses import Addresses
from portal.web.cookies import Cookies
from portal.web.network import Hosts, Proxies
from portal.web.static import StaticFiles, static_files
from portal.web.templates import Templates, templates_in

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the portal and answers for personal data, for the contact block."""

    name: str
    address: str
    email: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Doors:
    """The forms that a signed-in page may have to wait for: of a sign-in, and of an own password."""

    sign_in: type = object
    password: type = object


@dataclass(frozen=True, slots=True)
class Kit:
    """Made once by `make_kit`; every `Visit` points to it.

    `gate_digest` is what the gate in the database must be, for /readyz. `addresses` are those of the app's routes,
    `countries` the file that says where an address is, if there is one.
    """

    settings: Settings
    templates: Templates
    static: StaticFiles
    cookies: Cookies
    hosts: Hosts
    proxies: Proxies
    operator: Operator
    gate_digest: str
    addresses: Addresses
    doors: Doors
    countries: CountryFile | None


def make_kit(
    settings: Settings,
    gate_digest: str,
    handlers: Sequence[ControllerRouterHandler] = (),
    doors: Doors = Doors(),
) -> Kit:
    """Read templates and static files. Raises what is wrong with them, before anything is served."""
    return Kit(
        settings=settings,
        templates=templates_in(ROOT / "templates"),
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
        addresses=Addresses(handlers),
        doors=doors,
        countries=None if settings.country_file is None else CountryFile(settings.country_file),
    )
