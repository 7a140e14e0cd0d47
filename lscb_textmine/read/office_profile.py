"""The settings that LibreOffice is given for a paper: nothing in it is run, no link followed, no place reached.

A profile of its own for each paper, written before LibreOffice starts; the names are those of its configuration schema
(officecfg/registry/schema/org/openoffice).
"""

from __future__ import annotations

from pathlib import Path

NOWHERE = "127.0.0.1"
CLOSED_PORT = 9
"""The port of "discard", where nothing listens: what would still leave ends here."""
SETTINGS = (
    (
        "Office.Common/Security/Scripting",
        "MacroSecurityLevel",
        3,
    ),  # only signed macros of trusted places, of which there are none
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", True),
    ("Office.Common/Security/Scripting", "DisableActiveContent", True),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("Office.Writer/Content/Update", "Link", 0),  # never
    ("Office.Writer/Content/Update", "Field", False),
    ("Office.Writer/Content/Update", "Chart", False),
    ("Office.WriterWeb/Content/Update", "Link", 0),
    ("Office.Calc/Content/Update", "Link", 1),  # never
    ("Inet/Settings", "ooInetProxyType", 2),  # set by hand
    ("Inet/Settings", "ooInetHTTPProxyName", NOWHERE),
    ("Inet/Settings", "ooInetHTTPProxyPort", CLOSED_PORT),
    ("Inet/Settings", "ooInetHTTPSProxyName", NOWHERE),
    ("Inet/Settings", "ooInetHTTPSProxyPort", CLOSED_PORT),
    ("Inet/Settings", "ooInetFTPProxyName", NOWHERE),
    ("Inet/Settings", "ooInetFTPProxyPort", CLOSED_PORT),
)
ITEM = (
    '<item oor:path="/org.openoffice.{place}">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
FILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "{items}</oor:items>"
)


def write_profile(folder: Path) -> str:
    """The address of a fresh profile made in `folder`, as LibreOffice takes it."""
    items = "".join(
        ITEM.format(place=place, name=name, value=str(value).lower()) for place, name, value in SETTINGS
    )  # fmt: skip
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(FILE.format(items=items), encoding="utf-8")
    return (folder / "profile").resolve().as_uri()
