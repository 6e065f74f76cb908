"""Oracle. Teams and rules made up from a history, so that they hit: the same seed and history give the same ones."""
import collections
import datetime
import random
import re

from ownership import DAY, Ownership, first_second

TEAMS = ["team-a", "team-b", "team-c"]
RULES = 36
DOMAINS = 40
VALUES = 80
WANTED = re.compile(rb"[\x21-\x7e]+(?: [\x21-\x7e]+)*\Z")


def invent(commits, messages, seed, trailer):
    """A setup as `foreign_edits.py` takes it; no two owners' rules hold for one path at one time."""
    chance = random.Random(seed)
    teams = {team: {"aliases": [], "emails": []} for team in TEAMS}
    for glob in email_globs(commits):
        teams[chance.choice(TEAMS)]["emails"].append(glob)
    for value in trailer_values(messages, trailer):
        teams[chance.choice(TEAMS)]["aliases"].append(value)
    by_email = collections.Counter(commit.email for commit in commits.values() if is_plain(commit.email.encode()))
    often = [email for email, _ in by_email.most_common(40)]
    rules = invent_rules(commits, chance)
    part_owners(rules, {path for commit in commits.values() for path in commit.changes})
    return {
        "seed": seed,
        "trailer": trailer,
        "teams": teams,
        "coordinator": {"emails": chance.sample(often[10:], 1) if len(often) > 10 else [], "trailers": []},
        "sharedIdentities": chance.sample(often[5:], 2) if len(often) > 6 else [],
        "exempt": ["*[bot]@users.noreply.github.com", "*+*[bot]@*"],
        "rules": rules,
    }


def email_globs(commits):
    """Globs by the domains of real authors; the largest are cut by the name's first letter."""
    by_domain = collections.Counter()
    letters = {}
    for commit in commits.values():
        name, _, domain = commit.email.lower().rpartition("@")
        if is_plain(domain.encode()) and "*" not in domain and re.match(r"[a-z0-9]", name):
            by_domain[domain] += 1
            letters.setdefault(domain, set()).add(name[0])
    for index, (domain, _) in enumerate(by_domain.most_common(DOMAINS)):
        if index < 2:
            yield from (f"{letter}*@{domain}" for letter in sorted(letters[domain]))
        else:
            yield f"*@{domain.upper()}" if index % 5 == 4 else f"*@{domain}"


def trailer_values(messages, key):
    """The values most often given to a trailer, without regard to where it stands."""
    form = re.compile(rb"^" + re.escape(key.encode()) + rb": *([\x21-\x7e][\x20-\x7e]*[\x21-\x7e]) *$", re.M | re.I)
    count = collections.Counter(value.lower() for message in messages.values() for value in form.findall(message))
    return [value.decode() for value, _ in count.most_common(VALUES) if value.decode() not in TEAMS]


def invent_rules(commits, chance):
    """Rules of every kind: folders, names, globs, classes, exceptions, dates, shared ones."""
    paths = [path for commit in commits.values() for path in sorted(commit.changes) if WANTED.match(path)]
    days = sorted(commit.at for commit in commits.values())
    rules, seen = [], set()
    for index in range(RULES * 20):
        if len(rules) >= RULES:
            break
        pattern = KINDS[index % len(KINDS)](chance.choice(paths).decode(), chance)
        if pattern is None or pattern.lstrip("/") in seen:
            continue
        seen.add(pattern.lstrip("/"))
        rule = {"owner": chance.choice(TEAMS), "pattern": pattern, "except": []}
        if pattern.endswith("/") and chance.random() < 0.5:
            below = [path.decode() for path in chance.sample(paths, min(len(paths), 200))]
            inside = [path for path in below if path.startswith(unescape(pattern.lstrip("/")))]
            rule["except"] = [escape(path) for path in inside[:2]] + chance.choice([["*.md"], ["test*"], []])
        if index % 6 == 5:
            day = chance.choice(days)
            change = datetime.datetime.fromtimestamp(day, datetime.timezone.utc).date()
            after = change + datetime.timedelta(days=1)
            other = chance.choice([team for team in TEAMS if team != rule["owner"]])
            rules.append({**rule, "owner": other, "from": after.isoformat()})
            rule["until"] = change.isoformat()
        elif index % 9 == 8:
            rule["owner"] = None
        rules.append(rule)
    return rules


def folder(path, chance):
    names = path.split("/")[:-1]
    depth = chance.randint(1, len(names)) if names else 0
    return None if depth == 0 else escape("/".join(names[:depth])) + "/"


def anchored(path, chance):
    names = path.split("/")
    return "/" + escape("/".join(names[: chance.randint(1, len(names))]))


def name(path, chance):
    return escape(chance.choice(path.split("/")))


def extension(path, chance):
    stem, dot, last = path.rpartition(".")
    if dot == "" or "/" in last:
        return None
    below = stem.split("/")[0] if "/" in stem else None
    forms = [f"*.{escape(last)}"]
    if below is not None:
        forms += [f"{escape(below)}/*.{escape(last)}", f"{escape(below)}/**/*.{escape(last)}"]
    return chance.choice(forms)


def classes(path, chance):
    wide = re.sub(r"\d", "[0-9]", escape(path.split("/")[-1]))
    return wide if "[0-9]" in wide else re.sub(r"(?<=\w)[a-z](?=\w)", "[!A-Z]", wide, count=1)


def stars(path, chance):
    names = path.split("/")
    if len(names) < 3:
        return None
    middle = chance.choice(["**", "*", "?" + escape(names[1][1:]) if len(names[1]) > 1 else "*"])
    return "/".join([escape(names[0]), middle, escape(names[-1])])


KINDS = [folder, name, extension, anchored, folder, classes, stars]


def escape(text):
    return re.sub(r"([*?\[\]\\])|^([!#])", r"\\\1\2", text)


def unescape(pattern):
    return re.sub(r"\\(.)", r"\1", pattern)


def part_owners(rules, paths):
    """Adds exceptions, until the later of two clashing rules has what both wanted."""
    ownership = Ownership([], paths)
    exclusive = [rule for rule in rules if rule["owner"] is not None]
    taken = [ownership.match(rule["pattern"], rule["except"]) for rule in exclusive]
    for first, rule in enumerate(exclusive):
        for second in range(first + 1, len(exclusive)):
            other = exclusive[second]
            if rule["owner"] == other["owner"] or not taken[first] & taken[second] or apart(rule, other):
                continue
            rule["except"].append(other["pattern"])
            taken[first] -= ownership.match(other["pattern"], [])


def apart(rule, other):
    """Whether two rules are never in force at the same time."""
    (begin, end), (other_begin, other_end) = map(span, (rule, other))
    return end <= other_begin or other_end <= begin


def span(rule):
    begin, end = first_second(rule.get("from")), first_second(rule.get("until"))
    return float("-inf") if begin is None else begin, float("inf") if end is None else end + DAY


def is_plain(text):
    return WANTED.match(text) is not None and b" " not in text
