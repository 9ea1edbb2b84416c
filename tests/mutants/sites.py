"""Where C++ can be changed so that a test ought to notice, and how each change reads.

Every change is written beside the original and chosen at run time, so that hundreds of them are
built once. A site keeps the number of lines of what it replaces: a compiler's complaint then still
names the place.
"""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "architecture"))
from sources import _WORDS, function_bodies  # noqa: E402

ON = "::thahc_mutant::on(@)"  # @ becomes the mutant's number

_NO_STATEMENT = re.compile(
    r"(return|throw|break|continue|case|default|using|static|const|constexpr|auto|delete|goto|if|"
    r"for|while|do|switch|else|try|catch|public|private|namespace|struct|class|enum|template|"
    r"typedef|std::(string|size_t|vector|optional|set|map|lock_guard|unique_lock|scoped_lock)\b)\b")
_STATEMENT = re.compile(
    r"[A-Za-z_][\w:]*(?:(?:\.|->)\w+|\[[^\[\];{}]*\]|\([^();{}]*\))*\s*(?:\(|=[^=]|\+=|-=|\|=|\+\+)")
_RELATIONS = {" == ": " != ", " != ": " == ", " < ": " <= ", " <= ": " < ", " > ": " >= ",
              " >= ": " > ", " && ": " || ", " || ": " && "}
_RELATION = re.compile(r" (?:==|!=|<=|>=|<|>|&&|\|\|) ")
_LAW = re.compile(r'"[^"\n]*(?:Đ\.|Điều |NĐ |Luật )[^"\n]*"')


class Site:
    """One change: `text[start:end]` becomes `new`, in which ON with @ asks for its number."""

    def __init__(self, path, kind, start, end, new, line, shown):
        self.path, self.kind, self.start, self.end = path, kind, start, end
        self.new, self.line, self.shown = new, line, shown

    def key(self):
        """Names the mutant in the file of explained survivors; no line number, lines move."""
        return f"{self.path} | {self.kind} | {self.shown}"


def masked(text):
    """The text with comments and literals blanked, every letter at its place."""

    def blank(match):
        found = match.group(0)
        inner = re.sub(r"[^\n]", " " if found.startswith("/") else "_", found)
        return inner if found.startswith("/") else found[0] + inner[1:-1] + found[-1]

    return _WORDS.sub(blank, text)


def closing(bare, opening):
    """Where the bracket at `opening` closes, or None."""
    depth = 0
    for at in range(opening, len(bare)):
        if bare[at] in "([{":
            depth += 1
        elif bare[at] in ")]}":
            depth -= 1
            if depth == 0:
                return at
    return None


def enumerations(tree):
    """Name of each closed set to its members, in order."""
    found = {}
    for path, text in tree.items():
        if not path.startswith("gateway/") or not path.endswith(".h"):
            continue
        for match in re.finditer(r"enum class (\w+)[^{;]*\{([^}]*)\}", masked(text)):
            members = re.findall(r"\b([A-Z]\w*)\b(?:\s*=[^,]*)?(?:,|\s*$)", match.group(2))
            if len(members) > 1:
                found[match.group(1)] = members
    return found


def _shown(text, start, end, what):
    return " ".join(text[start:end].split())[:90] + " -> " + what


def sites_of(path, text, enums):
    """Every change that this file offers."""
    bare = masked(text)
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []

    def add(kind, start, end, new, what):
        line = text.count("\n", 0, start) + 1
        if new.count("\n") == text.count("\n", start, end):
            found.append(Site(path, kind, start, end, new, line, _shown(text, start, end, what)))

    for first, last, signature in function_bodies(text):
        if re.search(r"\b(constexpr|consteval)\b", signature):
            continue
        begin, end = starts[first - 1], starts[min(last, len(starts) - 1)]
        begin = bare.index("{", begin)
        _conditions(text, bare, begin, end, add)
        _returns(text, bare, begin, end, add)
        _statements(text, bare, begin, end, add)
        _values(text, bare, begin, end, add, enums)
    return found


def _conditions(text, bare, begin, end, add):
    for match in re.finditer(r"\bif \(", bare[begin:end]):
        opening = begin + match.end() - 1
        close = closing(bare, opening)
        if close is None:
            continue
        inside = bare[opening + 1:close]
        if ";" in inside or re.match(r"\s*(const\s+)?(auto\b|[\w:<>]+[\s&*]+\w+\s*=[^=])", inside):
            continue
        whole = text[opening + 1:close]
        add("negate", opening + 1, close, f"{ON} != static_cast<bool>({whole})", "negated")
        _relations(text, bare, opening + 1, close, add, cast=True)


def _returns(text, bare, begin, end, add):
    for match in re.finditer(r"\breturn ([^;{}]+);", bare[begin:end]):
        start, stop = begin + match.start(1), begin + match.end(1)
        whole = bare[start:stop].strip()
        if whole in ("true", "false"):
            add("truth", start, stop, f"{ON} != {whole}", "the other")
        elif "?" not in whole and "[" not in whole and "<<" not in whole:
            _relations(text, bare, start, stop, add, cast=False)


def _relations(text, bare, start, stop, add, cast):
    """Each relation of a condition turned, the whole condition written twice."""
    whole = text[start:stop]
    if "\n" in whole:
        return
    form = "static_cast<bool>({})" if cast else "({})"
    for match in _RELATION.finditer(bare[start:stop]):
        if "{" in bare[start:stop]:
            continue
        turned = _RELATIONS[match.group(0)]
        other = whole[:match.start()] + turned + whole[match.end():]
        add("relation", start, stop, f"({ON} ? {form.format(other)} : {form.format(whole)})",
            f"{turned.strip()} at {match.start()}")


def _statements(text, bare, begin, end, add):
    for match in re.finditer(r"(?<=[;{})])[ \t]*\n[ \t]*(?=[A-Za-z_])", bare[begin:end]):
        start = begin + match.end()
        if _NO_STATEMENT.match(bare, start) or not _STATEMENT.match(bare, start):
            continue
        depth, stop = 0, start
        while stop < end and not (bare[stop] == ";" and depth == 0):
            depth += (bare[stop] in "([{") - (bare[stop] in ")]}")
            if depth < 0:
                break
            stop += 1
        if depth != 0 or stop >= end or bare[stop] != ";":
            continue
        add("drop", start, stop + 1, "{ if (!" + ON + ") " + text[start:stop + 1] + " }", "dropped")


def _values(text, bare, begin, end, add, enums):
    for match in re.finditer(r"\b([A-Z]\w+)::([A-Z]\w*)\b(?!\s*[:({<])", bare[begin:end]):
        name, member = match.groups()
        before = bare[max(0, begin + match.start() - 24):begin + match.start()]
        members = enums.get(name)
        if not members or member not in members or re.search(r"(case|<|using enum|,)\s*[\w:]*$",
                                                             before):
            continue
        start, stop = begin + match.start(), begin + match.end()
        prefix = re.search(r"((?:\w+::)*)$", before).group(1)
        other = members[(members.index(member) + 1) % len(members)]
        start -= len(prefix)
        add("value", start, stop,
            f"({ON} ? {prefix}{name}::{other} : {prefix}{name}::{member})", other)
    for match in re.finditer(r" [+-] 1\b(?![.\w'])", bare[begin:end]):
        start = begin + match.start()
        add("step", start, start + 4, f" {text[start + 1]} ({ON} ? 0 : 1)", "0")
    for match in _LAW.finditer(text, begin, end):
        if bare[match.start()] == '"' and text[match.end():match.end() + 1] not in ("s", '"'):
            literal = match.group(0)
            add("article", match.start(), match.end(), f'({ON} ? "Đ.0" : {literal})', "Đ.0")
