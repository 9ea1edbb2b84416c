"""Whoever writes a mapping in an editor for XML is offered each element and attribute with words:
every one in mappings/schemas/mapping.xsd bears a documentation, its own or that of its type."""

import sys
import xml.etree.ElementTree as tree
from pathlib import Path

XS = "{http://www.w3.org/2001/XMLSchema}"


def is_told(part, types):
    inner = part.find(XS + "complexType")
    places = [part, inner, types.get(part.get("type"))]
    return any(
        place is not None and (place.findtext(f"{XS}annotation/{XS}documentation") or "").strip()
        for place in places
    )


def untold(parent, path, types):
    for part in parent:
        name = part.get("name")
        below = f"{path}/{name}" if name else path
        if part.tag in (XS + "element", XS + "attribute") and name and not is_told(part, types):
            yield below
        yield from untold(part, below, types)


def main():
    root = tree.parse(Path(sys.argv[1]) / "mappings/schemas/mapping.xsd").getroot()
    types = {part.get("name"): part for part in root if part.tag.endswith("Type")}
    faults = list(untold(root, "", types))
    for fault in faults:
        print(f"mapping.xsd: {fault} has no documentation")
    return 1 if faults or not types else 0


sys.exit(main())
