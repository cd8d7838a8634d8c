"""Layers, which a reader can switch on and off.

Promise: what is switched off when a document opens is not brought to light by cleaning it. All layers
come over as plain drawing, so a document with one that is off is refused.
"""

from pikepdf import Array, Dictionary, Name, Object, Pdf

from portal.documents.names import entry
from portal.documents.refusals import Reason, Refused


def check_layers(source: Pdf) -> None:
    """Raises `Refused` when a layer is off as the document opens, or on only while others are off."""
    properties = source.Root.get(Name.OCProperties)
    if not isinstance(properties, Dictionary):
        return
    default, layers = entry(properties, "D"), _items(entry(properties, "OCGs"))
    base_off = entry(default, "BaseState") == Name.OFF and len(_items(entry(default, "ON"))) < len(layers)
    # Which layers a view, a print or an export switches off counts only where the default asks for it.
    automatic = _items(entry(default, "AS")) and any(map(_off_in_use, layers))
    if base_off or _items(entry(default, "OFF")) or automatic or any(map(_conditional, source.objects)):
        raise Refused(Reason.HIDDEN_LAYERS)


def _items(value: Object | None) -> list[Object]:
    return list(value) if isinstance(value, Array) else []


def _off_in_use(layer: Object) -> bool:
    view = entry(entry(layer, "Usage"), "View")
    return entry(view, "ViewState") == Name.OFF


def _conditional(item: Object) -> bool:
    if not isinstance(item, Dictionary) or entry(item, "Type") != Name.OCMD:
        return False
    return entry(item, "VE") is not None or entry(item, "P") in (Name.AllOff, Name.AnyOff)
