"""The repository as the rules see it: a dictionary from path to text, and C++ without its words.

Rules take that dictionary and nothing else, so that a test of a rule can feed it three invented
files.
"""

import os
import re

SKIPPED_FOLDERS = {".git", "build", "run", "node_modules", "__pycache__", ".cache"}
LARGEST_READ = 4 * 1024 * 1024

# Longest first: a comment, a raw string, a string, a character literal (a digit separator as in
# 1'000 is none of them).
_WORDS = re.compile(
    r'//[^\n]*|/\*.*?\*/'
    r'|\bR"(?P<mark>[^\s()\\]{0,16})\((?:.*?)\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'",
    re.S,
)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def load(root):
    """Every text file below root that is not a product of building."""
    tree = {}
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        for name in files:
            path = os.path.join(folder, name)
            if name in SKIPPED_FOLDERS or os.path.islink(path):
                continue
            if os.path.getsize(path) > LARGEST_READ:
                continue
            with open(path, "rb") as file:
                data = file.read()
            if b"\0" in data[:1024]:
                continue
            tree[os.path.relpath(path, root)] = data.decode("utf-8", "replace")
    return tree


def is_cpp(path):
    return path.endswith((".h", ".cpp"))


def is_product(path):
    return path.startswith(("gateway/", "connectors/"))


def cpp_files(tree, keep=lambda path: True):
    return [(path, text) for path, text in sorted(tree.items()) if is_cpp(path) and keep(path)]


def without_words(text):
    """C++ with comments blanked and literals emptied; every line keeps its number."""

    def blank(match):
        found = match.group(0)
        if found.startswith("/"):
            return re.sub(r"[^\n]", " ", found)
        return '""' + re.sub(r"[^\n]", "", found) if '"' in found else "' '"

    return _WORDS.sub(blank, text)


def includes(text):
    """(line, "<" or '"', name) of each include, leaving out those in comments."""
    bare = re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match.group(0)), text, flags=re.S)
    return [
        (bare.count("\n", 0, match.start(1)) + 1, match.group(1), match.group(2))
        for match in _INCLUDE.finditer(bare)
    ]


def function_bodies(text):
    """(first line, last line, signature) of every function body outside other functions."""
    bare = re.sub(r"^[ \t]*#.*?(?<!\\)$", "", without_words(text), flags=re.M | re.S)
    found = []
    blocks = []  # for each open brace: None for a scope, else its first line and signature
    header_from, parentheses, line = 0, 0, 1
    for position, letter in enumerate(bare):
        if letter == "\n":
            line += 1
        elif letter == "(":
            parentheses += 1
        elif letter == ")":
            parentheses -= 1
        elif letter == ";" and parentheses == 0:
            header_from = position + 1
        elif letter == "{":
            header = " ".join(bare[header_from:position].split())
            inside = any(block is not None for block in blocks)
            is_body = parentheses == 0 and not inside and _opens_function(header)
            blocks.append((line, header, parentheses) if is_body else None)
            if parentheses == 0:
                header_from = position + 1
        elif letter == "}" and blocks:
            block = blocks.pop()
            if block is not None:
                found.append((block[0], line, block[1]))
            if parentheses == 0:
                header_from = position + 1
    return found


def _opens_function(header):
    if re.match(r"(inline |export )*(namespace|class|struct|union|enum|extern)\b", header):
        return False
    return "(" in header and not header.endswith("=")
