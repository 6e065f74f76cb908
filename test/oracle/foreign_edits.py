#!/usr/bin/env python3
"""Oracle. The foreign edits of a repository, worked out slowly by plain git, against those of a conflict log.

    python3 test/oracle/foreign_edits.py REPO --setup SETUP.json [--log LOG.json] [--list]
    python3 test/oracle/foreign_edits.py REPO --invent SEED [--trailer KEY] [--keep FOLDER]

REPO is any git repository; HEAD is audited. SETUP.json holds made-up teams and rules (see `Attribution` and
`Ownership`); with --invent they are made from the history itself (see invent.py). Without --log the audit of this
project is run first (with the project's own Node). Prints commits, changes, foreign edits and the
differences, each a line; exit 1 when there is one. Python's standard library and git, nothing of src/.
"""
import argparse
import base64
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from attribution import COORDINATOR, Attribution
from history import read_commits, read_messages
from invent import invent
from ownership import Ownership

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Also as `git revert --reference` has it: an abbreviated id, and words in brackets after it.
REVERTS = re.compile(rb"This reverts commit ([0-9a-f]{7,64})\b", re.I)
SHOWN = 20


def main():
    options = read_options()
    commits = read_commits(options.repo, "HEAD")
    messages = dict(read_messages(options.repo, "HEAD"))
    if options.invent is None:
        with open(options.setup, encoding="utf-8") as file:
            setup = json.load(file)
    else:
        setup = invent(commits, messages, options.invent, options.trailer)
    ours, clashes = find_edits(setup, commits, messages)
    for commit, path, owners in clashes[:SHOWN]:
        print(f"clash: {path!r} at {commit} is exclusive to {' and '.join(sorted(owners))}")
    if options.list:
        for edit in sorted(ours):
            print("\t".join([*edit[:2], repr(edit[2]), *edit[3:]]))
        return 1 if clashes else 0
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        log = read_log(options.log or run_audit(options.repo, setup, options.keep or folder))
    theirs = logged_edits(log)
    changes = sum(len(commit.changes) for commit in commits.values())
    print(f"commits {len(commits)}, changes {changes}, rules {len(setup['rules'])}")
    print(f"foreign edits {len(ours)}, of them pure reverts {sum(edit[0] == 'exempt-edit' for edit in ours)}")
    differences = [f"oracle only: {edit}" for edit in sorted(ours - theirs)]
    differences += [f"audit only: {edit}" for edit in sorted(theirs - ours)]
    for name, count in (("commits", len(commits)), ("changes", changes)):
        if log["repository"][name] != count:
            differences.append(f"{name}: oracle {count}, audit {log['repository'][name]}")
    print(f"differences {len(differences)}")
    for difference in differences[:SHOWN]:
        print(difference)
    return 1 if differences or clashes else 0


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repo")
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--setup", help="teams and rules, JSON")
    chosen.add_argument("--invent", type=int, metavar="SEED", help="teams and rules made from the history")
    parser.add_argument("--trailer", default="Team", help="trailer that names the invented teams")
    parser.add_argument("--log", help="conflict log of an audit with the same teams and rules")
    parser.add_argument("--keep", help="folder for the content, setup and log of the audit, kept for a look")
    parser.add_argument("--list", action="store_true", help="print the foreign edits and compare nothing")
    return parser.parse_args()


def find_edits(setup, commits, messages):
    """Foreign edits as (code, commit, path, team, owner), and the paths two teams own at once."""
    attribution = Attribution(setup, messages.items())
    ownership = Ownership(setup["rules"], {path for commit in commits.values() for path in commit.changes})
    edits, clashes = set(), []
    for commit in commits.values():
        team = None if attribution.is_exempt(commit) else attribution.team(commit)
        for path in commit.changes:
            owners = ownership.owners(path, commit.at)
            if len(owners) > 1:
                clashes.append((commit.id, path, owners))
            elif owners and team not in (None, COORDINATOR, *owners):
                code = "exempt-edit" if is_pure_revert(commit, commits, messages) else "foreign-edit"
                edits.add((code, commit.id, path, team, *owners))
    return edits, clashes


def is_pure_revert(commit, commits, messages):
    """Whether the message names a commit of this history whose changes these are, turned round; no merges."""
    turned = {path: change and (change[1], change[0], change[3], change[2]) for path, change in commit.changes.items()}
    for named in REVERTS.findall(messages[commit.id]):
        found = [commits[named.decode()]] if named.decode() in commits else []
        if len(named) < 40:
            found = [other for id, other in commits.items() if id.startswith(named.decode())]
        if len(found) == 1 and found[0].parents < 2 and commit.parents < 2 and found[0].changes == turned:
            return True
    return False


def run_audit(repo, setup, folder):
    """Writes the setup as a content folder (JSON is YAML) and runs the audit on it; the log's file."""
    content, log = os.path.join(folder, "content"), os.path.join(folder, "log.json")
    coordinator = {"identities": setup.get("coordinator", {})}
    project = {
        "name": "Oracle",
        "coordinator": coordinator,
        "attribution": {
            "trailer": setup.get("trailer", "Team"),
            "sharedIdentities": setup.get("sharedIdentities", []),
            "exempt": [{"email": email, "reason": "made up"} for email in setup.get("exempt", [])],
        },
    }
    write_json(folder, "setup.json", setup)
    write_json(content, "project.yaml", project)
    for team, said in setup["teams"].items():
        identities = {"emails": said.get("emails", [])}
        write_json(content, f"teams/{team}.yaml", {"name": team, "aliases": said.get("aliases", []), "identities": identities})
    for owner in {rule["owner"] for rule in setup["rules"]}:
        rules = [rule_of(rule) for rule in setup["rules"] if rule["owner"] == owner]
        head = {"mode": "shared"} if owner is None else {"mode": "exclusive", "owner": owner}
        write_json(content, f"ownership/{owner or 'shared'}.yaml", {**head, "rules": rules})
    script = os.path.join(PROJECT, "scripts", "audit.ts")
    command = [find_node(), script, "--repo", repo, "--content", content, "--ref", "HEAD", "--format", "json", "--out", log]
    if subprocess.run(command).returncode != 0:
        raise SystemExit("the audit failed")
    return log


def find_node():
    """The Node that npm scripts run with, else the one on the PATH."""
    own = os.path.join(PROJECT, "node_modules", ".bin", "node")
    return own if os.path.exists(own) else "node"


def rule_of(rule):
    effective = {"from": rule.get("from"), "until": rule.get("until")}
    return {"pattern": rule["pattern"], "except": rule.get("except", []), "effective": effective}


def write_json(folder, name, value):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1)


def read_log(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def logged_edits(log):
    """The log's foreign edits in the same form; a pure revert by a team is a foreign edit that is excused."""
    return {
        (conflict["code"], seen["commit"], path_of(seen), conflict["actor"], conflict["owner"])
        for conflict in log["conflicts"]
        if conflict["code"] in ("foreign-edit", "exempt-edit") and conflict["actor"] and conflict["owner"]
        for seen in conflict["occurrences"]
    }


def path_of(seen):
    return base64.b64decode(seen["pathBytes"]) if "pathBytes" in seen else seen["path"].encode()


if __name__ == "__main__":
    sys.exit(main())
