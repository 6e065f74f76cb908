"""Oracle. A history as plain `git log` shows it: commits, the paths each changed, and messages. Shares no code with src/."""
import os
import re
import subprocess
from dataclasses import dataclass, field

ENVIRONMENT = {
    "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
    "HOME": "/nonexistent",
    "LC_ALL": "C",
    "TZ": "UTC",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
}

OBJECT_ID = re.compile(rb"[0-9a-f]{40}([0-9a-f]{24})?\Z")


@dataclass
class Commit:
    id: str
    parents: int
    at: int
    email: str
    # path -> (old mode, new mode, old id, new id); in a merge the paths that differ from every parent, without sides.
    changes: dict = field(default_factory=dict)


def git(repo, *args):
    return ["git", "--no-pager", "-C", repo, *args]


def read_commits(repo, head):
    """Every commit reachable from `head`, by id. Merges are compared with each parent in turn."""
    commits = {}
    for fields, changes in read_blocks(repo, head, "--no-merges"):
        commit = make_commit(fields)
        commit.changes = dict(changes)
        commits[commit.id] = commit
    compared = {}
    for fields, changes in read_blocks(repo, head, "--merges", "--diff-merges=separate"):
        commit = commits.setdefault(fields[0].decode(), make_commit(fields))
        paths = {path for path, _ in changes}
        count, common = compared.get(commit.id, (0, paths))
        compared[commit.id] = (count + 1, common & paths)
    for id, (count, common) in compared.items():
        # A parent from which nothing differs has no block of its own.
        if count == commits[id].parents:
            commits[id].changes = {path: None for path in common}
    return commits


def make_commit(fields):
    id, parents, at, email = fields
    return Commit(id.decode(), len(parents.split()), int(at or b"0"), email.decode("utf-8", "surrogateescape"))


def read_blocks(repo, head, *options):
    """Pairs of header fields and changes, one for each commit, or for each parent of a merge."""
    form = "--format=tformat:%H%x00%P%x00%at%x00%ae"
    plain = ["--raw", "-z", "--no-renames", "--no-abbrev", "--no-mailmap", "--ignore-submodules=none"]
    tokens = read_tokens(git(repo, "log", head, *options, *plain, form, "--"))
    header, changes = None, []
    for token in tokens:
        text = token.lstrip(b"\n")
        if text.startswith(b":"):
            old_mode, new_mode, old_id, new_id, _ = text[1:].split(b" ")
            changes.append((next(tokens), (old_mode, new_mode, old_id, new_id)))
        elif OBJECT_ID.match(text):
            if header is not None:
                yield header, changes
            header, changes = [text, next(tokens), next(tokens), next(tokens)], []
        elif text != b"":
            raise SystemExit(f"git log said what it should not: {text!r}")
    if header is not None:
        yield header, changes


def read_messages(repo, head):
    """Pairs of commit id and raw message."""
    tokens = read_tokens(git(repo, "log", head, "-z", "--format=tformat:%H%x00%B", "--"))
    for token in tokens:
        yield token.decode(), next(tokens)


def read_tokens(command):
    """What a command prints, cut at its NULs; ends the program when the command fails."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT) as process:
        rest = b""
        while chunk := process.stdout.read(1 << 20):
            *whole, rest = (rest + chunk).split(b"\0")
            yield from whole
        if rest.strip(b"\n") != b"":
            yield rest
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with code {process.returncode}")
