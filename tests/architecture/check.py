"""Runs every rule over the repository. Usage: check.py ROOT; ends with 1 if anything was found."""

import sys

import rules
import sources


def main():
    tree = sources.load(sys.argv[1])
    if "gateway/base/result.h" not in tree:
        print(f"{sys.argv[1]} is not the repository's root")
        return 2
    count = 0
    for rule in rules.RULES:
        for finding in rule(tree):
            print(f"[{rule.__name__}] {finding}")
            count += 1
    print(f"{len(rules.RULES)} rules over {len(tree)} files: {count} findings")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
