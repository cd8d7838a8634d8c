"""The cookies, and how they are written.

Over https every name carries the `__Host-` prefix, so that no other host can set or overwrite one. On a loopback
address without https the prefix would make browsers drop the cookie.
"""

import re
from dataclasses import dataclass

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
DIGEST = re.compile(r"[0-9a-f]{64}")
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Cookies:
    """Names and attributes, which depend only on whether the portal is reached over https."""

    https: bool

    @property
    def session(self) -> str:
        """The name of the cookie that holds the session's secret."""
        return self._name("portal")

    @property
    def visitor(self) -> str:
        """The name of the cookie that CSRF tokens are bound to before sign-in."""
        return self._name("visitor")

    @property
    def language(self) -> str:
        """The name of the cookie that holds the chosen language."""
        return self._name("lang")

    @property
    def browser(self) -> str:
        """The name of the cookie by which a browser that entered a code is known to a personal link."""
        return self._name("browser")

    @property
    def once(self) -> str:
        """The name of the cookie that holds what the next page is to say."""
        return self._name("once")

    @property
    def known(self) -> str:
        """The name of the cookie of a browser in which somebody has signed in before; it opens nothing."""
        return self._name("known")

    def _name(self, plain: str) -> str:
        return f"__Host-{plain}" if self.https else plain

    def write(self, name: str, value: str, max_age: int | None = None) -> bytes:
        """A Set-Cookie value; without `max_age` (seconds) it lasts as long as the browser runs."""
        parts = [f"{name}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
        if self.https:
            parts.append("Secure")
        if max_age is not None:
            parts.append(f"Max-Age={max_age}")
        return "; ".join(parts).encode()

    def drop(self, name: str) -> bytes:
        """A Set-Cookie value that removes a cookie."""
        return self.write(name, "", 0)


def read(header: str) -> dict[str, str]:
    """The cookies in a Cookie header. One that somebody else wrote badly does not hide the others."""
    pairs = (part.partition("=") for part in header.split(";"))
    return {name.strip(): value.strip() for name, _equals, value in pairs}


def digest_in(cookies: dict[str, str], name: str) -> str:
    """The digest in a cookie, in hex, or an empty string when there is none that we could have made."""
    value = cookies.get(name, "")
    return value if DIGEST.fullmatch(value) else ""


def secret_in(cookies: dict[str, str], name: str) -> str:
    """The secret in a cookie, or an empty string when there is none that we could have made."""
    value = cookies.get(name, "")
    return value if SECRET.fullmatch(value) else ""
