"""Layers, which a reader can switch on and off.

Promise: what is switched off when a document opens does not become visible by cleaning it. All layers come over as
plain drawing, so a document with one that is off is refused.
"""

from pikepdf import Array, Dictionary, Name, Object, Pdf

from portal.documents.names import entry
from portal.documents.refusals import Reason, Refused


def check_layers(source: Pdf) -> None:
    """Raises `Refused` when a layer is off as the document opens, or on only while others are off."""
    properties = source.Root.get(Name.OCProperties)
    if not isinstance(properties, Dictionary):
        return
    default = entry(properties, "D")
    off, on = _items(entry(default, "OFF")), {layer.objgen for layer in _items(entry(default, "ON"))}
    base_off = entry(default, "BaseState") == Name.OFF
    # What a layer says of its use when viewed counts only where the default asks for it.
    asked = bool(_items(entry(default, "AS")))
    layers = [item for item in source.objects if entry(item, "Type") == Name.OCG]
    hidden = [item for item in layers if (base_off and item.objgen not in on) or (asked and _off_in_use(item))]
    if off or hidden or any(map(_conditional, source.objects)):
        raise Refused(Reason.HIDDEN_LAYERS)


def _items(value: Object | None) -> list[Object]:
    return list(value) if isinstance(value, Array) else []


def _off_in_use(layer: Object) -> bool:
    view = entry(entry(layer, "Usage"), "View")
    return entry(view, "ViewState") == Name.OFF


def _conditional(item: Object) -> bool:
    """Whether a set of layers shows by a rule of its own, which may be that all are off."""
    if entry(item, "Type") != Name.OCMD:
        return False
    return entry(item, "VE") is not None or entry(item, "P") in (Name.AllOff, Name.AnyOff)
