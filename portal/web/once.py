"""What is said on the page that a form leads to, and nowhere else: "The account is suspended."

A form that was done leads on by a redirect, so that a reload does nothing again. What that page is to say is in a
cookie, sealed with the sign-in's secret (`sealed`). It stands in no address, and can be read in that sign-in alone. It
is said once.
"""

import json

from portal.language.i18n import Said, Undone
from portal.web.sealed import seal, unseal
from portal.web.visit import Visit

SECONDS = 60


def tell(guest: Visit, location: str, said: Said) -> None:
    """Leave this to be said on the page at `location`."""
    left = json.dumps(
        [location.partition("#")[0].partition("?")[0], said.message, dict(said.values), said.undone], ensure_ascii=False
    )
    cookies = guest.kit.cookies
    guest.cookies.append(cookies.write(cookies.once, seal(left, guest.secret), SECONDS))


def told(guest: Visit, path: str) -> Said | None:
    """What the page at `path` is to say, which is forgotten with it; None for nothing."""
    try:
        meant_for, message, values, undone = json.loads(unseal(guest.once, guest.secret) or "")
    except ValueError:
        return None
    if meant_for != path:
        return None
    guest.cookies.append(guest.kit.cookies.drop(guest.kit.cookies.once))
    return Said(Undone(message) if undone else message, values)
