"""Every fenced block under `<!-- snippet FILE -->` in a document is that file, to the letter.

An XML declaration at the start of the file may be left out of the document.
"""
import pathlib
import re
import sys

DECLARATION = re.compile(r"^<\?xml [^>]*\?>\n")
SNIPPET = re.compile(r"<!-- snippet (\S+) -->\n```\w*\n(.*?)```\n", re.S)


def differences(text, read):
    """(file, reason) for each snippet that is not its file; read(name) gives text or None."""
    for name, block in SNIPPET.findall(text):
        source = read(name)
        if source is None:
            yield name, "there is no such file"
        elif DECLARATION.sub("", source).rstrip("\n") != block.rstrip("\n"):
            yield name, "the block is not the file"


def self_test():
    document = "<!-- snippet a.sh -->\n```sh\necho 1\n```\n"
    assert not list(differences(document, lambda name: "echo 1\n"))
    assert list(differences(document, lambda name: "echo 2\n"))
    assert list(differences(document, lambda name: None))


def main(root):
    self_test()
    found, wrong = 0, 0
    for path in sorted(root.rglob("*.md")):
        if {"build", "node_modules", "run"} & set(path.relative_to(root).parts):
            continue
        text = path.read_text(encoding="utf-8")
        found += len(SNIPPET.findall(text))

        def read(name):
            file = root / name
            return file.read_text(encoding="utf-8") if file.is_file() else None

        for name, reason in differences(text, read):
            wrong += 1
            print(f"{path.relative_to(root)}: {name}: {reason}")
    print(f"{found} snippets, {wrong} wrong")
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
