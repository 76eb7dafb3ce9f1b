#!/usr/bin/env python3
"""Verifies an exported ledger, written from docs/protocols/ledger.md alone and with nothing of apt-gate's code.

verify_ledger.py DIR           prints what is wrong; exits with 3 if anything is
verify_ledger.py --cases DIR   one answer a line, `valid` or a problem, for each line of standard input: a JSON object
                               of paths and base 64 contents (null: no such file) that replace files of DIR; the member
                               "older" is a list of earlier checkpoints in base 64, "witness" and "key" are verifier keys
verify_ledger.py --evidence    reads a coordinator's evidence, as /v1/nodes/NODE/ledger/evidence gives it, from standard
                               input; one answer a line for each pair: `contradiction` (one key signed two histories),
                               `another key`, or why it proves nothing; exits with 3 if any pair contradicts
"""
import base64, functools, hashlib, json, os, re, sys

# Ed25519: RFC 8032, section 5.1, checked with the group equation; slow, and enough.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    i, j, k, l = f - e, h - g, h + g, f + e
    return (i * j % P, k * l % P, j * k % P, i * l % P)


def multiply(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def decompress(text):
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@functools.lru_cache(maxsize=100000)
def signed(key, message, signature):
    a, r = decompress(key), decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or not a or not r or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = multiply(s, BASE), add(r, multiply(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


class Problem(Exception):
    pass


def unbase64(text):
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        raise Problem("not base 64")
    if base64.b64encode(value).decode() != text:
        raise Problem("not the one base 64 of its value")
    return value


class Key:
    def __init__(self, text):
        parts = text.removesuffix("\n").split("+", 2)
        if len(parts) != 3 or not parts[0] or re.search(r"[\s\x00-\x1f]", parts[0]):
            raise Problem("malformed key")
        self.name, value = parts[0], unbase64(parts[2])
        self.kind, self.key = value[:1], value[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + value).digest()[:4]
        if self.kind not in (b"\x01", b"\x04") or len(self.key) != 32 or self.id.hex() != parts[1]:
            raise Problem("malformed key")

    def check(self, text, signature):
        if self.kind == b"\x04":
            time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            if time >= 2**63:
                raise Problem("malformed time of a cosignature")
            text = f"cosignature/v1\ntime {time}\n{text}"
        if not signed(self.key, text.encode(), signature):
            raise Problem(f"signature of {self.name} does not fit")


class Note:
    def __init__(self, data):
        try:
            whole = data.decode()
        except UnicodeDecodeError:
            raise Problem("note is not UTF-8")
        if re.search(r"[\x00-\x09\x0b-\x1f]", whole) or not whole.endswith("\n"):
            raise Problem("note has control characters or no end")
        head, blank, below = whole.rpartition("\n\n")
        if not blank or not head or not below:
            raise Problem("note has no text or no signatures")
        self.text, self.signatures = head + "\n", []
        for line in below.removesuffix("\n").split("\n"):
            match = re.fullmatch("— ([^ +]+) ([^ ]+)", line)
            if not match or re.search(r"\s", match[1]):
                raise Problem("malformed signature line")
            value = unbase64(match[2])
            if len(value) < 5:
                raise Problem("malformed signature line")
            self.signatures.append((match[1], value[:4], value[4:]))

    def verify(self, key):
        own = [s for name, key_id, s in self.signatures if (name, key_id) == (key.name, key.id)]
        if not own:
            raise Problem(f"no signature of {key.name}")
        for signature in own:
            key.check(self.text, signature)


def checkpoint(data, key):
    note = Note(data)
    note.verify(key)
    lines = note.text.split("\n")[:-1]
    if len(lines) < 3 or lines[0] != key.name or not re.fullmatch("0|[1-9][0-9]*", lines[1]):
        raise Problem("malformed checkpoint")
    root = unbase64(lines[2])
    if len(root) != 32:
        raise Problem("malformed root")
    return note, int(lines[1]), root


def canonical(value):
    """RFC 8785. Entries have no fractions, so Python's integers will do."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda m: m[0].encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(k) + ":" + canonical(v) for k, v in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) or type(value) is int and abs(value) > 2**53 - 1:
        raise Problem("entry with a fraction, or a number that is too large")
    return json.dumps(value, ensure_ascii=False)


KINDS = """decision approval revocation transaction-intent transaction-outcome restore restart-intent restart-outcome sync
veto owed-restart first-seen sweep configuration policy-bundle""".split()


def entry(data, sequence):
    def no_constant(name):
        raise ValueError(name)

    try:
        text = data.decode()
        value = json.loads(text, parse_constant=no_constant)
        same = canonical(value) == text
    except (ValueError, RecursionError):
        raise Problem(f"entry {sequence} is not JSON")
    if not same or not isinstance(value, dict) or not set(value) - {"actor"} == {"body", "kind", "node", "sequence", "time"}:
        raise Problem(f"entry {sequence} is not canonical, or lacks a member")
    if len(data) > 65535:
        raise Problem(f"entry {sequence} is too long")
    if type(value["sequence"]) is not int or value["sequence"] != sequence or value["kind"] not in KINDS:
        raise Problem(f"entry {sequence} has another sequence or an unknown kind")


def leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


def tile_path(kind, number, width):
    digits = f"{number % 1000:03}"
    number //= 1000
    while number:
        digits, number = f"x{number % 1000:03}/{digits}", number // 1000
    return f"tile/{kind}/{digits}" + (f".p/{width}" if width < 256 else "")


def rows(count):
    return [(start // 256, start, min(256, count - start)) for start in range(0, count, 256)]


def verify(read, older=(), witness=None, key=None):
    own = read("verifier.key")
    if own is None:
        raise Problem("no verifier key")
    try:
        own = Key(own.decode())
    except UnicodeDecodeError:
        raise Problem("malformed key")
    if key and vars(key) != vars(own):
        raise Problem("another key than the one trusted")
    data = read("entries.jsonl")
    if data is None or data and not data.endswith(b"\n"):
        raise Problem("no entries, or the last has no end")
    entries = data.split(b"\n")[:-1]
    for number, line in enumerate(entries):
        entry(line, number)
    leaves = [leaf(line) for line in entries]

    def check(note_data):
        if note_data is None:
            raise Problem("no checkpoint")
        note, size, expected = checkpoint(note_data, own)
        if size > len(leaves):
            raise Problem(f"entry {len(leaves)} is missing")
        if root(leaves[:size]) != expected:
            raise Problem(f"the first {size} entries have another root")
        return note, size

    latest, size = check(read("checkpoint"))
    if size != len(leaves):
        raise Problem(f"entry {size} is not covered")
    witnessed = read("checkpoint.witnessed")
    if witnessed is not None:
        latest, _ = check(witnessed)
    if witness:
        latest.verify(witness)
    for note in older:
        check(note)
    level, hashes = 0, leaves
    while hashes:
        for number, start, width in rows(len(hashes)):
            if read(tile_path(level, number, width)) != b"".join(hashes[start:start + width]):
                raise Problem(f"tile {level}/{number} is not that of the entries")
        hashes = [root(hashes[i:i + 256]) for i in range(0, len(hashes) - 255, 256)]
        level += 1
    for number, start, width in rows(len(entries)):
        bundle = b"".join(len(e).to_bytes(2, "big") + e for e in entries[start:start + width])
        if read(tile_path("entries", number, width)) != bundle:
            raise Problem(f"bundle {number} is not that of the entries")


def inner(leaf_hashes):
    return hashlib.sha256(b"\x01" + b"".join(leaf_hashes)).digest()


def consistent(old_size, old, new_size, new, proof):
    """RFC 9162, section 2.1.4.2; for 0 < old_size < new_size."""
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old)
    if not path:
        return False
    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = inner([c, fr]), inner([c, sr])
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = inner([sr, c])
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old and sr == new


def judge(pair, witness):
    """The witness has signed the first checkpoint; one key has signed both; they are not of one history."""
    first, second = Key(pair["seenKey"]), Key(pair["offeredKey"])
    note, old_size, old = checkpoint(pair["seen"].encode(), first)
    note.verify(witness)
    if vars(first) != vars(second):
        checkpoint(pair["offered"].encode(), second)
        return "another key"
    _, new_size, new = checkpoint(pair["offered"].encode(), first)
    proof = [unbase64(text) for text in pair["proof"]]
    if old_size == new_size:
        return "contradiction" if old != new else "the same"
    if old_size > new_size:
        return "older"
    return "no contradiction" if consistent(old_size, old, new_size, new, proof) else "contradiction"


def evidence():
    document = json.load(sys.stdin)
    witness = Key(document["ledger"]["witness"])
    answers = []
    for pair in document["evidence"]:
        try:
            answers.append(judge(pair, witness))
        except Problem as problem:
            answers.append(str(problem))
    print("\n".join(answers))
    sys.exit(3 if any(answer in ("contradiction", "another key") for answer in answers) else 0)


def main():
    if sys.argv[1] == "--evidence":
        return evidence()
    cases, folder = sys.argv[1] == "--cases", sys.argv[-1]
    files = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, folder)] = file.read()
    for line in sys.stdin if cases else ["{}"]:
        case = json.loads(line)
        older = [base64.b64decode(note) for note in case.pop("older", [])]
        try:
            keys = {name: Key(case.pop(name)) for name in ("witness", "key") if name in case}
            changed = {path: text if text is None else base64.b64decode(text) for path, text in case.items()}
            verify({**files, **changed}.get, older, **keys)
            print("valid", flush=True)
        except Problem as problem:
            print(problem, flush=True)
            if not cases:
                sys.exit(3)


if __name__ == "__main__":
    main()
