"""Oracle. Which team made a commit: trailers as `git interpret-trailers` reads them, then the author's e-mail."""
import os
import re
import subprocess
import tempfile

from history import ENVIRONMENT

COORDINATOR = "coordinator"
BATCH = 400
END = b"Oracle-ends-here: 5d1f6c0e"


class Attribution:
    """`setup`: trailer, teams {id: {aliases, emails}}, coordinator {emails, trailers}, sharedIdentities, exempt."""

    def __init__(self, setup, messages):
        self.names = {name.strip().lower(): COORDINATOR for name in setup.get("coordinator", {}).get("trailers", [])}
        for team, said in setup["teams"].items():
            for name in [team, *said.get("aliases", [])]:
                self.names[name.strip().lower()] = team
        self.coordinator = globs(setup.get("coordinator", {}).get("emails", []))
        self.emails = {team: globs(said.get("emails", [])) for team, said in setup["teams"].items()}
        self.shared = globs(setup.get("sharedIdentities", []))
        self.exempt = globs(setup.get("exempt", []))
        self.trailers = read_trailers(setup.get("trailer", "Team"), messages)
        self.known = {}

    def is_exempt(self, commit):
        return self.exempt(commit.email)

    def team(self, commit):
        """A team's id, the coordinator, or None. Values that name two teams are evidence for neither."""
        named = {self.names[value] for value in self.trailers.get(commit.id, []) if value in self.names}
        if len(named) == 1:
            return named.pop()
        if commit.email not in self.known:
            self.known[commit.email] = self.team_of_email(commit.email)
        return self.known[commit.email]

    def team_of_email(self, email):
        if self.shared(email):
            return None
        if self.coordinator(email):
            return COORDINATOR
        fitting = [team for team, fits in self.emails.items() if fits(email)]
        return fitting[0] if len(fitting) == 1 else None


def globs(patterns):
    """A test for e-mails: only `*` is special, case is not."""
    forms = [".*".join(re.escape(part) for part in pattern.strip().lower().split("*")) for pattern in patterns]
    form = re.compile("|".join(f"(?:{form})" for form in forms) or r"(?!)", re.DOTALL)
    return lambda email: form.fullmatch(email.strip().lower()) is not None


def read_trailers(key, messages):
    """Commit id -> folded values of the trailer `key`. git is asked about messages that hold the key at all."""
    wanted = [(id, message) for id, message in messages if key.lower().encode() in message.lower()]
    values = {}
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        end = os.path.join(folder, "end")
        write(end, b"end\n\n" + END + b"\n")
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            files = [os.path.join(folder, str(index)) for index in range(len(batch))]
            for file, (_, message) in zip(files, batch):
                write(file, message if message.endswith(b"\n") else message + b"\n")
            # --no-divider: a commit's message may hold `---`; only in a patch does it end the message.
            command = ["git", "interpret-trailers", "--parse", "--no-divider"]
            asked = [name for file in files for name in (file, end)]
            said = subprocess.run([*command, *asked], stdout=subprocess.PIPE, env=ENVIRONMENT, cwd=folder, check=True)
            parts = said.stdout.split(END + b"\n")
            if len(parts) != len(batch) + 1:
                raise SystemExit("git interpret-trailers answered for other messages")
            for (id, _), part in zip(batch, parts):
                values[id] = [value for name, value in map(split_trailer, part.splitlines()) if name == key.lower()]
    return values


def split_trailer(line):
    name, _, value = line.decode("utf-8", "surrogateescape").partition(":")
    return name.strip().lower(), value.strip().lower()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
