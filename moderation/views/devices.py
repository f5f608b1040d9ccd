"""The sort of browser that somebody signs in with, for the list that they read themselves.

Neither version nor address: enough to tell one's own telephone from a stranger's computer.
"""

from __future__ import annotations

#: What to look for, in this order: many browsers also carry the names of others.
_BROWSERS = (
    *(("Edg", "Edge"), ("OPR", "Opera"), ("coc_coc", "Cốc Cốc"), ("SamsungBrowser", "Samsung")),
    *(("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome")),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("CrOS", "ChromeOS"), ("Mac OS", "macOS"), ("Linux", "Linux")),
)


def device_of(user_agent: str) -> str:
    """The names of browser and system, or nothing for what is not known."""
    found = (
        next((name for sign, name in names if sign in user_agent), "")
        for names in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(name for name in found if name)
