#!/usr/bin/env python3
"""Writes the samples of acts in XML (mappings/acts/samples/*/*.xml) from those in JSON.

After a change of a sample: python3 tests/documents/write_act_samples.py .
Members stand in the order of the JSON, which is that of the declaration."""
import json
import pathlib
import sys
from xml.sax.saxutils import escape

NAMESPACE = "urn:thahc:case-model:1"


def element(name, value, indent):
    tag = name[0].upper() + name[1:]
    blanks = "  " * indent
    if isinstance(value, dict):
        inner = "".join(element(key, one, indent + 1) for key, one in value.items())
    elif isinstance(value, list):
        inner = "".join(element("item", one, indent + 1) for one in value)
    else:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return f"{blanks}<{tag}>{escape(text)}</{tag}>\n"
    return f"{blanks}<{tag}>\n{inner}{blanks}</{tag}>\n" if inner else f"{blanks}<{tag}/>\n"


def main():
    samples = pathlib.Path(sys.argv[1]) / "mappings" / "acts" / "samples"
    for file in sorted(samples.glob("*/*.json")):
        # The third rank is shown in one form only, unless it shows what is bad as well.
        if not list(file.parent.glob("bad*.json")):
            continue
        message = json.loads(file.read_text(encoding="utf-8"))
        inner = "".join(element(key, one, 1) for key, one in message.items())
        file.with_suffix(".xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<Message xmlns="{NAMESPACE}">\n{inner}</Message>\n', encoding="utf-8")


main()
