"""Every figure that a rule or a panel asks for exists in the program, and every rule says what to do."""

import json
import os
import re
import sys

root = sys.argv[1]
known = set()
for folder, _, files in os.walk(os.path.join(root, "gateway")):
    for name in files:
        if name.endswith(".cpp"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                known |= set(re.findall(r'"(thahc_[a-z_]+)"', file.read()))

faults = []
asked = set()


def ask(text, where):
    for name in re.findall(r"\bthahc_[a-z_]+", text):
        bare = re.sub(r"_(bucket|sum|count)$", "", name)
        asked.add(bare)
        if name not in known and bare not in known:
            faults.append(f"{where}: there is no {name}")


with open(os.path.join(root, "ops/monitoring/alerts.yml"), encoding="utf-8") as file:
    rules = re.split(r"(?m)^ +- alert: ", file.read())[1:]
for rule in rules:
    name = rule.split("\n", 1)[0]
    expression = re.search(r"(?ms)^ +expr: (.*?)^ +(?:for|labels):", rule)
    if not expression:
        faults.append(f"{name}: no expression")
        continue
    ask(expression.group(1), name)
    if not re.search(r"(?m)^ +action: \S", rule):
        faults.append(f"{name}: says not what to do")
    for page in re.findall(r"runbooks/([\w-]+\.md)", rule):
        if not os.path.exists(os.path.join(root, "ops/runbooks", page)):
            faults.append(f"{name}: there is no runbook {page}")

with open(os.path.join(root, "ops/monitoring/grafana-dashboard.json"), encoding="utf-8") as file:
    for panel in json.load(file)["panels"]:
        for target in panel["targets"]:
            ask(target["expr"], panel["title"])

if len(rules) < 10 or len(asked) < 10:
    faults.append("hardly anything was found to check")
print("\n".join(faults) or f"{len(rules)} rules, {len(asked)} figures")
sys.exit(1 if faults else 0)
