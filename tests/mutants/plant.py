"""Plants mutants: some hundred changes, drawn by a seed, in a copy of the tree that is built once."""

import random
import re

from sites import ON, enumerations, sites_of

SWITCH = """#pragma once
// Which planted change is on, and which were asked for (written at once: a process may be killed).
#include <atomic>
#include <cstdio>
#include <cstdlib>
namespace thahc_mutant {
struct Switch {
    int chosen = -1;
    const char* trace = std::getenv("THAHC_MUTANTS_ASKED");
    std::atomic<bool> asked[4096] = {};
    Switch() {
        if (const char* text = std::getenv("THAHC_MUTANT")) chosen = std::atoi(text);
    }
    void note(int number) {
        if (asked[number].exchange(true, std::memory_order_relaxed)) return;
        std::FILE* file = std::fopen(trace, "a");
        if (!file) return;
        std::fprintf(file, "%d\\n", number);
        std::fclose(file);
    }
};
inline bool on(int number) {
    static Switch one;
    if (one.trace) one.note(number);
    return one.chosen == number;
}
}  // namespace thahc_mutant
"""

# What a reviewed kind file may lose or have turned without being refused when it is loaded.
_DATA = [
    (re.compile(r"^[ \t]*<(sends|receives|sees|asks)\b[^>]*/>[ \t]*\n", re.M), "dropped"),
    (re.compile(r'(?<=\bas=")[\w-]+(?=")'), "turned"),
]


class DataMutant:
    """A change in a file of data, made while its tests run and taken back."""

    def __init__(self, path, start, end, new, shown):
        self.path, self.start, self.end, self.new, self.shown = path, start, end, new, shown
        self.kind = "data"

    def key(self):
        return f"{self.path} | data | {self.shown}"


def draw(tree, rooms, wanted, seed):
    """Sites of C++ in the rooms, as evenly over rooms and kinds of change as they come."""
    enums = enumerations(tree)
    chance = random.Random(seed)
    groups = {}
    for path, text in sorted(tree.items()):
        room = re.match(r"gateway/(\w+)/.*\.(cpp|h)$", path)
        if room and room.group(1) in rooms:
            for site in sites_of(path, text, enums):
                groups.setdefault((room.group(1), site.kind), []).append(site)
    for group in groups.values():
        chance.shuffle(group)
    chosen, names = [], sorted(groups)
    while len(chosen) < wanted and any(groups.values()):
        for name in names:
            while groups[name]:
                site = groups[name].pop()
                if not any(_overlap(site, other) for other in chosen):
                    chosen.append(site)
                    break
    return chosen[:wanted]


def draw_data(tree, wanted, seed):
    """Changes of what kinds of agency may send, get and see."""
    chance = random.Random(seed)
    found = []
    for path, text in sorted(tree.items()):
        if not re.match(r"connectors/[\w/]+/kind\.xml$", path):
            continue
        words = sorted(set(re.findall(r'\bas="([\w-]+)"', text)))
        for pattern, what in _DATA:
            for match in pattern.finditer(text):
                new = ""
                if what == "turned":
                    others = [word for word in words if word != match.group(0)]
                    if not others:
                        continue
                    new = chance.choice(others)
                shown = " ".join(match.group(0).split())[:90]
                line = text.count("\n", 0, match.start()) + 1
                found.append(DataMutant(path, match.start(), match.end(), new,
                                        f"{shown} (line {line}) -> {new or 'dropped'}"))
    chance.shuffle(found)
    return found[:wanted]


def _overlap(one, other):
    return one.path == other.path and one.start < other.end and other.start < one.end


def planted(text, numbered):
    """The text with its (number, site) pairs written in."""
    for number, site in sorted(numbered, key=lambda pair: -pair[1].start):
        text = text[:site.start] + site.new.replace(ON, ON.replace("@", str(number))) + \
            text[site.end:]
    return text


def changed(text, mutant):
    return text[:mutant.start] + mutant.new + text[mutant.end:]
