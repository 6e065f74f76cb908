"""Oracle. Who owns a path at an instant; each pattern is judged by `git check-ignore --no-index` itself."""
import datetime
import os
import subprocess
import tempfile

from history import ENVIRONMENT, git

DAY = 86_400


class Ownership:
    """`rules`: dicts of owner (None: shared), pattern, except, from, until (days; the last one is included)."""

    def __init__(self, rules, paths):
        self.paths = sorted(paths)
        self.matched = {}
        self.by_path = {}
        for rule in rules:
            begin, end = first_second(rule.get("from")), first_second(rule.get("until"))
            for path in self.match(rule["pattern"], rule.get("except", [])):
                span = (rule["owner"], begin, None if end is None else end + DAY)
                self.by_path.setdefault(path, []).append(span)

    def owners(self, path, at):
        """The teams whose exclusive rules hold for `path` at `at` (seconds): more than one is a clash."""
        return {
            owner
            for owner, begin, end in self.by_path.get(path, [])
            if owner is not None and (begin is None or at >= begin) and (end is None or at < end)
        }

    def match(self, pattern, exceptions):
        """The paths a pattern takes and none of its exceptions does."""
        taken = set(self.ask_git(pattern))
        for exception in exceptions:
            taken -= self.ask_git(exception)
        return taken

    def ask_git(self, pattern):
        """The paths that a .gitignore with this one line takes, in a repository with nothing else in it."""
        if pattern in self.matched:
            return self.matched[pattern]
        with tempfile.TemporaryDirectory(prefix="oracle-") as scratch:
            subprocess.run(git(scratch, "init", "--quiet", "--template=", "."), env=ENVIRONMENT, check=True)
            with open(os.path.join(scratch, ".gitignore"), "wb") as file:
                file.write(pattern.encode() + b"\n")
            command = git(scratch, "check-ignore", "--no-index", "--stdin", "-z", "--verbose", "--non-matching")
            # `./`, because a leading colon would be pathspec magic.
            asked = [b"./" + path for path in self.paths]
            done = subprocess.run(command, input=b"".join(path + b"\0" for path in asked), stdout=subprocess.PIPE, env=ENVIRONMENT)
        # 1 says that no path matched.
        if done.returncode not in (0, 1):
            raise SystemExit(f"git check-ignore failed on {pattern!r}")
        fields = done.stdout.split(b"\0")[:-1]
        if fields[3::4] != asked:
            raise SystemExit(f"git check-ignore answered for other paths on {pattern!r}")
        self.matched[pattern] = {path for source, path in zip(fields[0::4], self.paths) if source != b""}
        return self.matched[pattern]


def first_second(day):
    if day is None:
        return None
    return int(datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.timezone.utc).timestamp())
