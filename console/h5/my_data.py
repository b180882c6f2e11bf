"""My data: everything on record about the owner in one file, which the link gives out once."""

from __future__ import annotations

from console.h5.call import Call, Done, File, NoLink, Shown
from storage.privacy import export, zipped


def show(call: Call) -> Shown:
    """What is in it and what to mind; afterwards that it was given out."""
    say, at = call.say, call.link.used_at
    values = {"name": call.owner_name(), "given_at": say.moment(at) if at else ""}
    return Shown("h5_my_data.html", say.my_data_title(), values)


def act(call: Call) -> Done | File:
    """The row of the link is locked: of two at once one gets the file."""
    if call.asked.get("do") != "download" or call.link.used_at is not None:
        return {}
    files = export(call.crm, call.link.owner_id)
    if not files:
        raise NoLink(410)
    call.crm.links.used(call.link, "exported")
    return File(zipped(files), "my-data.zip", "application/zip")
