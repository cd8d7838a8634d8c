"""A browser's long description of itself in two words, so that people recognise their own devices."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def summary(agent: str | None) -> str:
    """Browser and system, such as "Firefox, Windows"; of another program its first word; empty for none."""
    if not agent:
        return ""
    found = [next((word for sign, word in table if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(word for word in found if word) or agent.partition("/")[0].partition(" ")[0][:40]
