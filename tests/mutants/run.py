"""Builds a tree with planted mutants and lets the tests judge each of them.

    run.py ROOT SCRATCH [--mutants N] [--data N] [--seed S] [--jobs J] [--list]

Ends with 0 when at least 95 of 100 are caught and every survivor is explained in survivors.txt.
"""

import argparse
import concurrent.futures
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import plant
from sources import SKIPPED_FOLDERS, load

ROOMS = ("model", "exchange", "mapping", "law", "app")
HERE = os.path.dirname(os.path.abspath(__file__))
QUICK = re.compile(r"(unit|contract|golden)_\w+")
# What only a whole command or process comes across, for those that no quick suite has noticed:
# suites over loopback that take seconds, the quickest first.
WHOLE = ["scenario_channels", "scenario_refused", "scenario_commands", "scenario_accepted",
         "scenario_operators", "scenario_delivery", "scenario_door_held", "scenario_disk",
         "scenario_integrity", "scenario_archive"]
COPIED = ("CMakeLists.txt", "CMakePresets.json", "cmake", "gateway", "connectors", "mappings",
          "tests", "ops", "certs", "README.md")


def copy_tree(root, scratch, planted):
    """What is built and read, new or changed files only; those to be planted are left to it."""
    for name in COPIED:
        source = os.path.join(root, name)
        for folder, folders, files in os.walk(source) if os.path.isdir(source) else [("", [], [""])]:
            folders[:] = [one for one in folders if one not in SKIPPED_FOLDERS]
            for file in files:
                old = os.path.join(folder, file) if folder else source
                path = os.path.relpath(old, root)
                new = os.path.join(scratch, path)
                if os.path.exists(new) and (path in planted or filecmp.cmp(old, new, False)):
                    continue
                os.makedirs(os.path.dirname(new), exist_ok=True)
                shutil.copy2(old, new)


def link_packages(root, scratch):
    """What npm has installed is read where it is, not copied."""
    for folder, folders, _ in os.walk(os.path.join(root, "tests")):
        if "node_modules" in folders:
            new = os.path.join(scratch, os.path.relpath(folder, root), "node_modules")
            if os.path.lexists(new):
                os.remove(new)  # of another tree, perhaps, that is gone
            os.symlink(os.path.join(folder, "node_modules"), new)
        folders[:] = [one for one in folders if one not in SKIPPED_FOLDERS]


def write_planted(scratch, tree, numbered):
    by_path = {}
    for number, site in numbered.items():
        by_path.setdefault(site.path, []).append((number, site))
    for path, text in tree.items():
        if not path.startswith("gateway/"):
            continue
        new = plant.planted(text, by_path.get(path, []))
        where = os.path.join(scratch, path)
        with open(where, encoding="utf-8") as file:
            same = file.read() == new
        if not same:
            with open(where, "w", encoding="utf-8") as file:
                file.write(new)


def blamed(log, scratch, numbered):
    """The mutants on whose lines the compiler complained."""
    places = set(re.findall(re.escape(scratch) + r"/(gateway/[\w/.]+):(\d+)", log))
    # From the build's own folder the compiler may name files by a way that climbs.
    places |= set(re.findall(r"(?:\.\./)+(gateway/[\w/.]+):(\d+)", log))
    return {number for number, site in numbered.items()
            for path, line in places
            if site.path == path and abs(int(line) - site.line) <= site.new.count("\n") + 1}


def build(scratch, targets, tree, numbered, jobs):
    """Builds, taking out what does not compile; the mutants that are left."""
    switch = os.path.join(scratch, "mutant_switch.h")
    with open(switch, "w", encoding="utf-8") as file:
        file.write(plant.SWITCH)
    numbered = dict(numbered)
    for _ in range(12):
        write_planted(scratch, tree, numbered)
        subprocess.run(["cmake", "-S", scratch, "-B", scratch + "/build", "-G", "Ninja",
                        "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -w -include " +
                        switch], check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run(["cmake", "--build", scratch + "/build", "-j", str(jobs), "--target",
                               *targets, "--", "-k", "0"], text=True, capture_output=True)
        if done.returncode == 0:
            return numbered
        bad = blamed(done.stdout + done.stderr, scratch, numbered)
        if not bad:
            sys.exit(done.stdout[-6000:] + "\nrun.py: the tree does not build")
        print(f"{len(bad)} changes do not compile and are left out", flush=True)
        numbered = {number: site for number, site in numbered.items() if number not in bad}
    sys.exit("run.py: the tree still does not build")


def suites_of(root_build):
    shown = subprocess.run(["ctest", "--test-dir", root_build, "--show-only=json-v1", "-L", "quick"],
                           check=True, text=True, capture_output=True).stdout
    return sorted(test["name"] for test in json.loads(shown)["tests"]
                  if QUICK.fullmatch(test["name"])) + WHOLE


def run_suite(scratch, suite, mutant=None, asked=None, patience=60.0):
    """True when the suite is green. A suite that hangs has noticed."""
    environment = dict(os.environ, GTEST_FAIL_FAST="1")
    if mutant is not None:
        environment["THAHC_MUTANT"] = str(mutant)
    if asked:
        environment["THAHC_MUTANTS_ASKED"] = asked
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        os.chmod(folder, 0o755)  # as /tmp: others may pass through it
        environment["TMPDIR"] = folder
        try:
            return subprocess.run([f"{scratch}/build/bin/{suite}", "--gtest_brief=1"], cwd=scratch,
                                  env=environment, timeout=patience, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL).returncode == 0
        except subprocess.TimeoutExpired:
            return False


def reach(scratch, suites):
    """Suite to the numbers that it comes across; every suite must be green by itself."""
    found = {}
    for suite in suites:
        with tempfile.NamedTemporaryFile("r", suffix=".asked") as file:
            if not run_suite(scratch, suite, asked=file.name, patience=600):
                sys.exit(f"run.py: {suite} is not green without a mutant")
            found[suite] = {int(line) for line in file.read().split()}
        print(f"{suite} comes across {len(found[suite])}", flush=True)
    return found


def judge(scratch, number, suites):
    """The suite that noticed, or None."""
    return next((suite for suite in suites if not run_suite(scratch, suite, number)), None)


def judge_data(scratch, tree, mutant, suites):
    where = os.path.join(scratch, mutant.path)
    try:
        with open(where, "w", encoding="utf-8") as file:
            file.write(plant.changed(tree[mutant.path], mutant))
        return judge(scratch, None, suites)
    finally:
        with open(where, "w", encoding="utf-8") as file:
            file.write(tree[mutant.path])


def explained():
    """Key to reason, from survivors.txt: a line 'key # reason' each."""
    with open(os.path.join(HERE, "survivors.txt"), encoding="utf-8") as file:
        pairs = (line.rsplit(" # ", 1) for line in file if " # " in line and line[0] != "#")
        return {key.strip(): reason.strip() for key, reason in pairs}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("scratch")
    parser.add_argument("--mutants", type=int, default=220)
    parser.add_argument("--data", type=int, default=20)
    parser.add_argument("--seed", type=int, default=311)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args()
    tree = load(chosen.root)
    numbered = dict(enumerate(plant.draw(tree, ROOMS, chosen.mutants, chosen.seed)))
    data = plant.draw_data(tree, chosen.data, chosen.seed)
    if chosen.list:
        for mutant in [*numbered.values(), *data]:
            print(mutant.key())
        return 0
    os.makedirs(chosen.scratch, exist_ok=True)
    scratch = os.path.abspath(chosen.scratch)
    copy_tree(chosen.root, scratch, {path for path in tree if path.startswith("gateway/")})
    link_packages(os.path.abspath(chosen.root), scratch)
    subprocess.run(["cmake", "-S", scratch, "-B", scratch + "/build", "-G", "Ninja",
                    "-DCMAKE_BUILD_TYPE=Debug"], check=True, stdout=subprocess.DEVNULL)
    suites = suites_of(scratch + "/build")
    numbered = build(scratch, [*suites, "thahc-gateway"], tree, numbered, chosen.jobs)
    reached = reach(scratch, suites)

    results = []
    with concurrent.futures.ThreadPoolExecutor(chosen.jobs) as pool:
        order = {number: [suite for suite in suites if number in reached[suite]]
                 for number in numbered}
        waiting = {number: pool.submit(judge, scratch, number, order[number])
                   for number in numbered}
        for number, verdict in waiting.items():
            results.append((numbered[number], verdict.result(), bool(order[number])))
            tell(results)
    for mutant in data:  # one after the other: they share the files
        results.append((mutant, judge_data(scratch, tree, mutant, suites), True))
        tell(results)
    return report(results)


def tell(results):
    """What became of the newest, at once: a run takes an hour and may be ended before."""
    mutant, noticed, met = results[-1]
    if not noticed:
        reason = explained().get(mutant.key())
        where = f":{mutant.line}" if hasattr(mutant, "line") else ""
        print(f"SURVIVED {'' if met else '(nothing comes across it) '}{mutant.key()}{where}"
              f"{' # ' + reason if reason else ''}", flush=True)
    print(f"{len(results)} judged, {sum(1 for _, by, _ in results if by)} caught",
          end="\r", file=sys.stderr, flush=True)


def report(results):
    reasons = explained()
    unexplained = sum(1 for mutant, noticed, _ in results
                      if not noticed and mutant.key() not in reasons)
    caught = sum(1 for _, noticed, _ in results if noticed)
    share = 100.0 * caught / max(1, len(results))
    print(f"{len(results)} mutants, {caught} caught ({share:.1f} %), "
          f"{len(results) - caught} survived, {unexplained} of them unexplained")
    return 0 if share >= 95.0 and unexplained == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
