"""The rules of the house, executed: each takes the tree and gives its findings as sentences."""

import posixpath
import re

from sources import cpp_files, function_bodies, includes, is_cpp, is_product, without_words

# base <- document <- model <- {trust, mapping, store, law} <- exchange <- {server, connectors} <- app;
# rooms of one level never include each other. The simulator is a program beside the gateway's own:
# it may use every room but app.
LEVELS = {
    "base": 0, "document": 1, "model": 2, "trust": 3, "mapping": 3, "store": 3, "law": 3,
    "exchange": 4, "server": 5, "connectors": 5, "app": 6, "simulator": 6,
}

# Inside a room, from below to above; "." is what lies in the room's own folder. Shelves of one line
# never include each other.
SHELVES = {
    "document": [".", "packed print schemas", "tables"],
    "model": [".", "agencies messages", "cases", "questions"],
    "trust": ["certificates", "partners xml", "."],
    "mapping": ["values", "paths", "engine", "rules sources", ".", "drafts"],
    "law": ["conditions", "acts", "book", "life", "figures", "reports registers"],
    "store": [".", "sqlite/engine", "sqlite/rows", "sqlite/ports"],
    "exchange": ["reference", "desk", "tables", "records", "casework", "matters", "acts delivery answers", "proof", "."],
    "server": ["wire", "door", "partners outward operators"],
    "app": ["settings", "client", "printing", "process", "operators", "commands papers authors", "workbench", "."],
}
MOST_PAIRS = 15
# A room that is known to be too full, and how full it may be until it is mended.
FULL = {}

# Foreign headers: (what an include starts with, which .cpp files may have it).
FOREIGN = [
    (("libxml/", "xmlsec/", "openssl/"),
     r"gateway/(document|trust)/.*\.cpp|gateway/server/wire/tls_[a-z_]+\.cpp"),
    (("sqlite3",), r"gateway/store/sqlite/.*\.cpp"),
    (("libpq", "postgresql/"), r"gateway/store/postgres/.*\.cpp"),
    (("Poco/",), r"gateway/(server|app)/.*\.cpp|connectors/simulator/.*\.cpp"),
    (("xercesc/",), r"gateway/document/schemas/x[a-z_]+\.(cpp|h)"),
    (("valijson/",), r"gateway/document/schemas/json_schema(_checks)?\.(cpp|h)"),
    (("zip.h",), r"gateway/document/packed/.*\.cpp"),
    (("csv.h",), r"gateway/document/tables/.*\.cpp"),
    (("rapidjson/",), r"gateway/document/.*\.cpp"),
    (("re2/",), r"gateway/(document|mapping)/.*\.cpp"),
    (("unicode/",), r"gateway/(model|document|mapping)/.*\.cpp"),
    (("prometheus/",), r"gateway/server/.*\.cpp"),
    (("xlsxwriter",), r"gateway/app/.*\.cpp"),
]

# What the product must not call, where it may after all, and what to use instead.
BANNED = [
    (r"(?<![\w.>])(?:std::)?system\s*\(", None, "start programs without a shell"),
    (r"(?<![\w.>])popen\s*\(", None, "start programs without a shell"),
    (r"\bv?sprintf\s*\(", None, "std::snprintf or std::to_chars"),
    (r"\b(?:strcpy|strcat|gets|strtok)\s*\(", None, "std::string"),
    (r"\b(?:atoi|atol|atof)\s*\(", None, "std::from_chars"),
    (r"(?<![\w.>])(?:std::)?s?rand\s*\(", None, "base/ids.h, which draws from the system"),
    (r"(?<![\w:])(?:std::)?(?:localtime|gmtime)\s*\(", None, "base/time_format.h"),
    (r"\bstd::w?regex\b", None, "RE2: std::regex overflows the stack"),
    (r"\bPoco::JSON\b", None, "document/json.h: Poco::JSON alters signed data"),
    (r"\bDateTimeParser\b", None, "base/time_format.h: DateTimeParser takes almost anything"),
    (r"\bNumberParser\b", None, "std::from_chars: NumberParser takes locale and spaces"),
    (r"\.\s*detach\s*\(\s*\)", None, "an owned thread that is joined"),
    (r"\b(?:secure_)?getenv\s*\(", "gateway/app/", "settings, read by app"),
    (r"\busing\s+namespace\s+std\s*;", None, "names in full"),
]
BANNED_HEADERS = ("Poco/JSON/", "Poco/Data/", "Poco/Zip/", "regex")

DUE = "tests/architecture/codes_due.txt"
LONGEST_HEADER, LONGEST_SOURCE, LONGEST_FUNCTION, WIDEST_LINE = 220, 500, 70, 100


def room_of(path):
    if path.startswith("connectors/simulator/"):
        return "simulator"
    if path.startswith("connectors/"):
        return "connectors"
    match = re.match(r"gateway/(\w+)/", path)
    return match.group(1) if match else None


def may_use(user, used):
    return user == used or LEVELS.get(user, -1) > LEVELS.get(used, 99) or (
        user == "simulator" and used not in ("app", "simulator") and used in LEVELS)


def include_direction(tree):
    """A room includes itself and lower levels only."""
    for path, text in cpp_files(tree, is_product):
        user = room_of(path)
        if user not in LEVELS:
            yield f"{path}: {user} is no room of the design"
            continue
        for line, _, name in includes(text):
            used = room_of(name)
            if used is not None and not may_use(user, used):
                yield f"{path}:{line}: {user} must not include {used} ({name})"


def shelf_of(path):
    """(room, shelf) of a file in a room that has shelves."""
    match = re.match(r"gateway/(\w+)/((?:[a-z_0-9]+/)*)[a-z_0-9]+\.(?:h|cpp)$", path)
    if not match or match.group(1) not in SHELVES:
        return None, None
    return match.group(1), match.group(2).rstrip("/") or "."


def shelf_direction(tree):
    """Inside a room, too, includes run one way."""
    floors = {room: {shelf: floor for floor, names in enumerate(shelves) for shelf in names.split()}
              for room, shelves in SHELVES.items()}
    for path, text in cpp_files(tree, is_product):
        room, user = shelf_of(path)
        if room is None:
            continue
        if user not in floors[room]:
            yield f"{path}: {user} is no shelf of {room}"
            continue
        for line, _, name in includes(text):
            other, used = shelf_of(name)
            if other == room and used in floors[room] and used != user and \
                    floors[room][used] >= floors[room][user]:
                yield f"{path}:{line}: {room}/{user} must not include {room}/{used} ({name})"


def folder_size(tree):
    """A folder holds what a reader can hold."""
    folders = {}
    for path, _ in cpp_files(tree, is_product):
        folder, name = path.rsplit("/", 1)
        folders.setdefault(folder, set()).add(name.rsplit(".", 1)[0])
    for folder, pairs in sorted(folders.items()):
        if len(pairs) > FULL.get(folder, MOST_PAIRS):
            yield f"{folder}: {len(pairs)} pairs of files, allowed are {FULL.get(folder, MOST_PAIRS)}"


def include_form(tree):
    """Our own headers are named from the root, and exist."""
    for path, text in cpp_files(tree):
        for line, mark, name in includes(text):
            if name.startswith(("gateway/", "connectors/", "tests/")):
                if mark == "<" or (name not in tree and not name.endswith(".def")):
                    yield f"{path}:{line}: no such header of ours: {name}"
            elif mark == '"' and is_product(path):
                yield f'{path}:{line}: "{name}" is not named from the root'


def include_cycles(tree):
    """No header includes itself by a detour."""
    graph = {path: [name for _, _, name in includes(text) if name in tree]
             for path, text in cpp_files(tree) if path.endswith(".h")}
    finished = set()

    def walk(path, trail):
        if path in trail:
            yield "headers include each other: " + " -> ".join(trail[trail.index(path):] + [path])
        elif path not in finished:
            for name in graph.get(path, []):
                yield from walk(name, trail + [path])
            finished.add(path)

    for path in sorted(graph):
        yield from walk(path, [])


def foreign_headers(tree):
    """Foreign libraries stay in the .cpp files of the rooms that wrap them."""
    for path, text in cpp_files(tree, is_product):
        for line, _, name in includes(text):
            for starts, allowed in FOREIGN:
                if name.startswith(starts) and not re.fullmatch(allowed, path):
                    yield f"{path}:{line}: <{name}> does not belong here"


def banned_calls(tree):
    """Calls that have hurt others; the reason stands beside each."""
    for path, text in cpp_files(tree, is_product):
        bare = without_words(text)
        for pattern, exception, instead in BANNED:
            if exception and path.startswith(exception):
                continue
            for match in re.finditer(pattern, bare):
                line = bare.count("\n", 0, match.start()) + 1
                yield f"{path}:{line}: {match.group(0).strip()} is banned; use {instead}"
        for line, mark, name in includes(text):
            if name.startswith(BANNED_HEADERS[:-1]) or (mark, name) == ("<", "regex"):
                yield f"{path}:{line}: <{name}> is banned"


def sizes(tree):
    """Files, functions and lines that a reader can hold."""
    for path, text in cpp_files(tree):
        lines = text.splitlines()
        limit = LONGEST_HEADER if path.endswith(".h") else LONGEST_SOURCE
        if len(lines) > limit:
            yield f"{path}: {len(lines)} lines, allowed are {limit}"
        for number, line in enumerate(lines, 1):
            if len(line) > WIDEST_LINE:
                yield f"{path}:{number}: {len(line)} columns, allowed are {WIDEST_LINE}"
        for first, last, signature in function_bodies(text):
            if last - first + 1 > LONGEST_FUNCTION:
                yield (f"{path}:{first}: {last - first + 1} lines in one function, allowed are "
                       f"{LONGEST_FUNCTION}: {signature[-60:]}")


def pragma_once(tree):
    """Every header can be included twice."""
    for path, text in cpp_files(tree):
        if path.endswith(".h") and not re.search(r"^#pragma once$", text, re.M):
            yield f"{path}: no #pragma once"


def dead_files(tree):
    """Every source is listed by hand in a CMakeLists.txt at or above it; no globbing."""
    lists = {path: re.sub(r"#.*", "", text) for path, text in tree.items()
             if path.rsplit("/", 1)[-1] == "CMakeLists.txt"}
    for path, text in lists.items():
        if re.search(r"\bfile\s*\(\s*GLOB", text):
            yield f"{path}: sources are listed by hand, not globbed"
    for path in sorted(tree):
        if not path.endswith(".cpp"):
            continue
        listed = False
        for owner, text in lists.items():
            folder = owner[: -len("CMakeLists.txt")]
            if path.startswith(folder):
                name = re.escape(path[len(folder): -len(".cpp")])
                listed |= re.search(rf"(?<![\w/.-]){name}(\.cpp)?(?![\w/.-])", text) is not None
        if not listed:
            yield f"{path}: in no CMakeLists.txt"


def dead_headers(tree):
    """Every header of the product is included by somebody."""
    included = {name for _, text in cpp_files(tree) for _, _, name in includes(text)}
    for path, _ in cpp_files(tree, is_product):
        if path.endswith(".h") and path not in included:
            yield f"{path}: included by nobody"


def links(tree):
    """What CMake links agrees with what may be included, and covers what is."""
    linked = {}
    for path, text in sorted(tree.items()):
        user = room_of(path)
        if user not in LEVELS or not path.endswith("CMakeLists.txt"):
            continue
        for used in re.findall(r"\bgateway::(\w+)", re.sub(r"#.*", "", text)):
            linked.setdefault(user, set()).add(used)
            if used not in LEVELS or not may_use(user, used):
                yield f"{path}: {user} must not link {used}"

    def closure(room, seen):
        for used in linked.get(room, ()):
            if used not in seen:
                seen.add(used)
                closure(used, seen)
        return seen

    for path, text in cpp_files(tree, is_product):
        user = room_of(path)
        for line, _, name in includes(text):
            used = room_of(name)
            if used in LEVELS and used not in closure(user, {user}):
                yield f"{path}:{line}: {user} includes {used} but does not link it"


def no_private_keys(tree):
    """Keys are made when a test or the demo runs."""
    for path, text in sorted(tree.items()):
        if re.search(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s*\n\s*[A-Za-z0-9+/]{16}", text):
            yield f"{path}: holds a private key"


def speaks_of_itself(tree):
    """No path of somebody's machine, no address of somebody's registry."""
    machine = re.compile(r"(?<![\w.$}-])/(?:wor" + r"k/|tmp/w" + r"t/|root/\.|home/\w)")
    for path, text in sorted(tree.items()):
        for match in machine.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: names a path of one machine: {match.group(0)}"
        if path.endswith("package-lock.json") and '"resolved"' in text:
            yield f"{path}: names the registry it was made with"


def unfinished(tree):
    """What is not done stands in a plan, not in the code."""
    for path, text in sorted(tree.items()):
        if not path.endswith((".h", ".cpp", ".py", ".mjs", ".java", ".sql", ".xsd", "CMakeLists.txt")):
            continue
        for match in re.finditer(r"\b(?:TO" + r"DO|FIX" + r"ME)\b", text):
            yield f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match.group(0)}"


def no_conflict_markers(tree):
    """A merge is finished before it is committed."""
    for path, text in sorted(tree.items()):
        for match in re.finditer(r"^(?:<{7}|>{7}) ", text, re.M):
            yield f"{path}:{text.count(chr(10), 0, match.start()) + 1}: a merge left its marks"


def document_links(tree):
    """A link to a file of ours leads somewhere."""
    known = set(tree)
    for path in tree:
        while "/" in path:
            path = path.rsplit("/", 1)[0]
            known.add(path)
    for path, text in sorted(tree.items()):
        if not path.endswith(".md"):
            continue
        prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
        for target in re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", prose):
            if re.match(r"[a-z]+:", target):
                continue
            wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if wanted not in known:
                yield f"{path}: leads nowhere: {target}"


def sample_settings(tree):
    """The settings that an operator starts from are settings that the program knows."""
    known = set(re.findall(r'"([a-z]+\.[A-Za-z]+)"', tree.get("gateway/app/settings/config_keys.cpp", "")))
    for path, text in sorted(tree.items()):
        if not (path.startswith("ops/config/") and path.endswith(".properties")):
            continue
        for key in re.findall(r"^#?([a-z]+\.[A-Za-z]+) *=", text, re.M):
            if known and key not in known and not key.startswith("limits."):
                yield f"{path}: unknown setting {key}"


def error_codes(tree):
    """Each code is used by the product and appears in a test or a sample, or is listed as due."""
    due = set(tree.get(DUE, "").split())
    catalogue = "gateway/base/error_codes.def"
    product = "\n".join(text for path, text in tree.items() if is_product(path) and is_cpp(path))
    proofs = "\n".join(text for path, text in tree.items()
                       if path.startswith(("tests/", "mappings/", "connectors/"))
                       and not path.startswith("tests/architecture/"))
    used, proved = set(re.findall(r"\w+", product)), set(re.findall(r"[A-Z][A-Z0-9_]+", proofs))
    for code in re.findall(r"^THAHC_ERROR\((\w+),", tree.get(catalogue, ""), re.M):
        if code in due:
            continue
        if code not in used:
            yield f"{catalogue}: {code} is never used; use it, or list it in {DUE}"
        if code not in proved:
            yield f"{catalogue}: {code} is in no test and no sample; test it, or list it in {DUE}"


# The law is data: who needs an act, a role or a stage by name has a rule that belongs into
# mappings/, or into `law` and `model`, which know the vocabularies. What a case is (its transfer)
# stays a class. The simulator plays agencies, which know their own acts.
LAW_ROOMS = ("gateway/law/", "gateway/model/", "connectors/simulator/")
TYPED_ACTS = {"JudgmentTransfer"}
# Who may after all: (file, kind) and why. One that is not needed any more is a finding, too.
NAMES_THE_LAW = {
    ("gateway/exchange/casework/act_recipients.h", "act"): "the gateway's own notice of a term",
    ("gateway/exchange/casework/notice_addressee.cpp", "role"): "whom a notice makes answer",
    ("gateway/exchange/casework/case_roles.cpp", "role"): "which agency holds a role in a case",
    ("gateway/exchange/matters/office_roles.cpp", "role"): "which office holds a role of its own",
    ("gateway/exchange/reference/act_rights.cpp", "role"): "which roles a kind of agency can hold",
    ("gateway/exchange/casework/act_recipients.cpp", "role"): "roles that the act itself names",
    ("gateway/exchange/casework/term_owners.cpp", "role"): "roles that the act itself names",
    ("gateway/exchange/matters/office_acts.cpp", "role"): "roles that the act itself names",
    ("gateway/exchange/matters/matter_acts.cpp", "role"): "roles that the act itself names",
    ("gateway/exchange/casework/case_law.cpp", "role"): "an author without an agency",
    ("gateway/exchange/acts/clock_word.cpp", "role"): "the clock speaks as the gateway",
    ("gateway/exchange/acts/period_clock.cpp", "role"): "whose joint report it is",
    ("gateway/app/printing/law_page.cpp", "role"): "what a role is called in Vietnamese",
    ("gateway/exchange/records/publication.cpp", "stage"): "Điều 30: only what has been compelled",
}


def law_by_name(tree):
    """No act, role or stage by name in C++ outside law, model and those who are listed."""
    acts = {posixpath.basename(path)[:-4] for path in tree
            if path.startswith("mappings/acts/") and path.endswith(".xml")
            and path.count("/") == 2} - TYPED_ACTS
    kinds = [("role", re.compile(r"\bRole::(\w+)")), ("stage", re.compile(r"\bStage::(\w+)"))]
    if acts:
        names = "|".join(sorted(acts))
        kinds.append(("act", re.compile(r'"(%s)"|::(%s)\b|\bcase (%s):|== (%s)\b' % ((names,) * 4))))
    named = set()
    for path, text in cpp_files(tree, is_product):
        if path.startswith(LAW_ROOMS):
            continue
        for kind, pattern in kinds:
            for number, line in enumerate(text.split("\n"), 1):
                found = pattern.search(line.split("//")[0])
                if not found:
                    continue
                named.add((path, kind))
                if (path, kind) not in NAMES_THE_LAW:
                    name = next(part for part in found.groups() if part)
                    yield f"{path}:{number}: names the {kind} {name}; the law is data (mappings/)"
    for path, kind in NAMES_THE_LAW:
        if path in tree and (path, kind) not in named:
            yield f"{path}: names no {kind} any more; take it out of NAMES_THE_LAW"


RULES = [
    include_direction, shelf_direction, folder_size, include_form, include_cycles, foreign_headers, banned_calls, sizes,
    pragma_once, dead_files, dead_headers, links, no_private_keys, speaks_of_itself, unfinished,
    no_conflict_markers, document_links, sample_settings, error_codes,
    law_by_name,
]
