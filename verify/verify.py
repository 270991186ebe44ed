#!/usr/bin/env python3
"""Verifies a bundle of Entente offline. Written from docs/bundle-format.md alone; needs nothing but Python 3.8.

    verify.py BUNDLE [--keys entente-keys.json] [--link HEX]

Exit status: 0 whole, 1 refused, 2 wrong use.
"""
import base64, binascii, hashlib, json, re, struct, sys

PATH_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")
HEX = re.compile(r"(?:[0-9a-f]{2})*\Z")
DISPUTE = re.compile(r"[0-9a-f]{32}[0-9a-hjkmnp-tv-z]{16}\Z")
AUDIENCES = ("all", "buyer_and_platform", "seller_and_platform", "staff")
READERS = ("buyer", "seller", "examiner", "operator")

class Refused(Exception):
    """The bundle is not what it says."""

def need(condition, why):
    if not condition:
        raise Refused(why)

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5, 1)

def double(p):
    x, y, z = p
    if not y:
        return 0, 1, 0
    delta, gamma = z * z % P, y * y % P
    beta, alpha = x * gamma % P, 3 * (x - delta) * (x + delta) % P
    x3 = (alpha * alpha - 8 * beta) % P
    return x3, (alpha * (4 * beta - x3) - 8 * gamma * gamma) % P, ((y + z) ** 2 - gamma - delta) % P

def add(p, q):
    if not p[2]:
        return q
    if not q[2]:
        return p
    z1, z2 = p[2] * p[2] % P, q[2] * q[2] % P
    u1, u2 = p[0] * z2 % P, q[0] * z1 % P
    s1, s2 = p[1] * z2 * q[2] % P, q[1] * z1 * p[2] % P
    if u1 == u2:
        return double(p) if s1 == s2 else (0, 1, 0)
    h, r = (u2 - u1) % P, (s2 - s1) % P
    h2 = h * h % P
    h3, v = h * h2 % P, u1 * h2 % P
    x = (r * r - h3 - 2 * v) % P
    return x, (r * (v - x) - s1 * h3) % P, h * p[2] * q[2] % P

def is_signed(point, data, signature):
    """Whether 128 hexadecimal digits are the key's signature over the data."""
    if len(signature) != 128 or not HEX.match(signature):
        return False
    r, s = int(signature[:64], 16), int(signature[64:], 16)
    x, y = point
    if not (0 < r < N and 0 < s < N and x < P and y < P and (y * y - (x * x * x - 3 * x + B)) % P == 0):
        return False
    digest = int.from_bytes(hashlib.sha256(data).digest(), "big")
    w = pow(s, N - 2, N)
    u1, u2, q = digest * w % N, r * w % N, (x, y, 1)
    both, found = add(G, q), (0, 1, 0)
    for bit in range(255, -1, -1):
        found = double(found)
        one, two = u1 >> bit & 1, u2 >> bit & 1
        if one or two:
            found = add(found, both if one and two else G if one else q)
    inverse = pow(found[2], P - 2, P)
    return found[0] * inverse * inverse % P % N == r

def joined(*fields):
    """SHA-256 over fields, each preceded by its length."""
    return hashlib.sha256(b"".join(struct.pack(">I", len(field)) + field for field in fields)).digest()

def once(pairs):
    members = dict(pairs)
    need(len(members) == len(pairs), "a JSON member stands twice")
    return members

def parsed(data, what):
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_constant=lambda name: need(False, name))
    except (ValueError, RecursionError):
        raise Refused(what + " is no JSON")

def members(value, what, needed, optional=()):
    """An object of exactly these members, each of its type."""
    need(isinstance(value, dict) and all(name in value for name, _ in needed), what + " lacks a member")
    for name, item in value.items():
        kinds = [kind for known, kind in (*needed, *optional) if known == name]
        need(kinds and isinstance(item, kinds[0]) and not (kinds[0] is int and isinstance(item, bool)),
             "%s: %s is not as it should be" % (what, name))
    return value

def objects(value, what, needed, optional=()):
    return [members(item, what, needed, optional) for item in value]

def unbase64(text):
    try:
        found = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        raise Refused("the key is no base64url")
    need(len(found) == 32 and base64.urlsafe_b64encode(found).rstrip(b"=").decode() == text, "the key is no point")
    return int.from_bytes(found, "big")

class Archive:
    def __init__(self, file):
        self.file, self.offset, self.central, self.count = file, 0, b"", 0

    def read(self, count):
        data = self.file.read(count)
        need(len(data) == count, "the archive ends too early")
        return data

    def next(self, path, size=None, keep=True):
        """The next file's bytes (or none) and digest; its headers must be the only possible ones."""
        name = path.encode("ascii")
        header = self.read(30 + len(name))
        crc, length = struct.unpack("<II", header[14:22])
        need(size is None or size == length, path + " has another length")
        need(header == struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, crc, length, length, len(name), 0) + name,
             "another header than that of %s" % path)
        digest, check, parts, left = hashlib.sha256(), 0, [], length
        while left:
            part = self.read(min(left, 1 << 20))
            digest.update(part)
            check = binascii.crc32(part, check)
            left -= len(part)
            if keep:
                parts.append(part)
        need(check == crc, "the check sum of %s is wrong" % path)
        self.central += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 33, crc, length, length, len(name),
                                    0, 0, 0, 0, 0, self.offset) + name
        self.offset += len(header) + length
        self.count += 1
        return b"".join(parts), digest.hexdigest()

    def end(self):
        tail = self.central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, self.count, self.count, len(self.central),
                                          self.offset, 0)
        need(self.read(len(tail)) == tail and not self.file.read(1), "the archive's end is another")

def manifest_of(archive):
    data, _ = archive.next("manifest.json")
    signature, _ = archive.next("manifest.sig", 128)
    manifest = members(parsed(data, "manifest.json"), "manifest.json", [
        ("format", str), ("dispute", str), ("reference", str), ("marketplace", str), ("reader", str), ("language", str),
        ("made_at", int), ("chains", list), ("exhibits", list), ("files", list), ("key", dict)])
    need(manifest["format"] == "entente-bundle-1", "not a bundle of format 1")
    need(DISPUTE.match(manifest["dispute"]) and manifest["reader"] in READERS, "the manifest speaks of no dispute")
    objects(manifest["chains"], "chains", [("audience", str), ("facts", int), ("head", str)])
    objects(manifest["exhibits"], "exhibits", [("audience", str), ("fact", int), ("is_original", bool)],
            [("path", str)])
    objects(manifest["files"], "files", [("path", str), ("bytes", int), ("sha256", str)])
    key = members(manifest["key"], "key", [("kty", str), ("crv", str), ("x", str), ("y", str), ("kid", str)])
    need(key["kty"] == "EC" and key["crv"] == "P-256", "the key is of another kind")
    thumb = '{"crv":"P-256","kty":"EC","x":"%s","y":"%s"}' % (key["x"], key["y"])
    kid = base64.urlsafe_b64encode(hashlib.sha256(thumb.encode()).digest()).rstrip(b"=").decode()
    need(kid == key["kid"], "the key's name is another key's")
    point = unbase64(key["x"]), unbase64(key["y"])
    need(is_signed(point, data, signature.decode("latin-1")), "the signature of the manifest is wrong")
    paths = [file["path"] for file in manifest["files"]]
    need(len(set(paths)) == len(paths) and not {"manifest.json", "manifest.sig"} & set(paths), "a path stands twice")
    for path in paths:
        parts = path.split("/")
        need(len(parts) <= 2 and all(PATH_PART.match(part) for part in parts), "a path leads elsewhere")
    return manifest, point

def chain_of(manifest, chain, files):
    """The facts of an audience: kind, bytes, link, link before, commitments, commitment to a file's digest."""
    audience = chain["audience"]
    data, said = files.get("chains/%s.facts" % audience), files.get("chains/%s.links" % audience)
    need(data is not None and said is not None, "the chain of %s is missing" % audience)
    lines = data.split(b"\n")
    need(lines.pop() == b"", "the last fact of %s is cut" % audience)
    facts, link, links = [], b"", []
    for n, line in enumerate(lines, 1):
        before, link = link, joined(b"sha-256", b"entente-1", manifest["dispute"].encode(), audience.encode(),
                                    str(n).encode(), link, line)
        links.append(link.hex())
        fact = parsed(line, "fact %d of %s" % (n, audience))
        need(isinstance(fact, dict) and isinstance(fact.get("kind"), str) and fact.get("n") == n,
             "fact %d of %s is out of place" % (n, audience))
        body = fact.get("body")
        digest = body.get("digest") if isinstance(body, dict) else None
        facts.append({"kind": fact["kind"], "bytes": line, "link": link.hex(), "previous": before.hex(),
                      "commitments": list(commitments_in(fact)),
                      "digest": digest.get("commitment") if isinstance(digest, dict) else None})
    need("".join(one + "\n" for one in links).encode() == said, "the links of %s are others" % audience)
    need(len(facts) == chain["facts"] and chain["head"] == link.hex(), "the chain of %s ends elsewhere" % audience)
    return facts

def commitments_in(value):
    if isinstance(value, dict):
        if isinstance(value.get("commitment"), str):
            yield value["commitment"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from commitments_in(item)

def texts_of(items, committed):
    texts = {}
    for item in objects(items, "texts", [("commitment", str), ("salt", str), ("text", str)]):
        need(HEX.match(item["salt"]) and item["commitment"] in committed and item["commitment"] not in texts,
             "a text belongs to no fact")
        need(joined(bytes.fromhex(item["salt"]), item["text"].encode("utf-8", "surrogatepass")).hex()
             == item["commitment"], "a text is not what was committed to")
        texts[item["commitment"]] = item
    return texts

def check_exhibits(manifest, facts, texts):
    added = {place for place, fact in facts.items() if fact["kind"] == "evidence_added"}
    named = [(exhibit["audience"], exhibit["fact"]) for exhibit in manifest["exhibits"]]
    need(len(set(named)) == len(named) and set(named) == added, "the exhibits are not those of the facts")
    files = {file["path"]: file["sha256"] for file in manifest["files"] if file["path"].startswith("exhibits/")}
    for exhibit in manifest["exhibits"]:
        if "path" not in exhibit:
            continue
        digest = files.pop(exhibit["path"], None)
        need(digest is not None, exhibit["path"] + " is named twice or not there")
        known = texts.get(facts[exhibit["audience"], exhibit["fact"]]["digest"])
        need(not exhibit["is_original"] or known is not None and known["text"] == digest,
             exhibit["path"] + " is not the file of its fact")
    need(not files, "a file belongs to no exhibit")

def check_decisions(manifest, point, facts, texts, files):
    decided = [place for place, fact in facts.items() if fact["kind"] == "decided"]
    need(sum(path.startswith("decisions/") for path in files) == 2 * len(decided), "the decisions are others")
    for audience, n in decided:
        path = "decisions/%s-%d" % (audience, n)
        data, signature = files.get(path + ".json"), files.get(path + ".sig")
        need(data is not None and signature is not None and is_signed(point, data, signature.decode("latin-1")),
             path + " is not signed")
        said = members(parsed(data, path), path, [
            ("format", str), ("dispute", str), ("audience", str), ("n", int), ("previous", str), ("link", str),
            ("fact", str), ("texts", list)])
        fact = facts[audience, n]
        need((said["format"], said["dispute"], said["audience"], said["n"], said["previous"], said["link"])
             == ("entente-decision-1", manifest["dispute"], audience, n, fact["previous"], fact["link"])
             and said["fact"].encode("utf-8", "surrogatepass") == fact["bytes"], path + " is another decision")
        opened = texts_of(said["texts"], set(fact["commitments"]))
        need(opened == {one: texts[one] for one in fact["commitments"] if one in texts}, path + " has other texts")

def verify(file, known_kids=None, link=None):
    """What there is to say of a bundle; raises Refused."""
    archive = Archive(file)
    manifest, point = manifest_of(archive)
    need(known_kids is None or manifest["key"]["kid"] in known_kids, "its key is none of the centre's")
    files = {}
    for listed in manifest["files"]:
        path = listed["path"]
        keep = path == "texts.json" or path.startswith(("chains/", "decisions/"))
        data, digest = archive.next(path, listed["bytes"], keep)
        need(digest == listed["sha256"], path + " has another digest")
        if keep:
            files[path] = data
    archive.end()
    audiences = [chain["audience"] for chain in manifest["chains"]]
    need(len(set(audiences)) == len(audiences) and set(audiences) <= set(AUDIENCES), "an audience stands twice")
    need(sum(path.startswith("chains/") for path in files) == 2 * len(audiences), "a chain of nobody's")
    facts = {(chain["audience"], n): fact for chain in manifest["chains"]
             for n, fact in enumerate(chain_of(manifest, chain, files), 1)}
    committed = {one for fact in facts.values() for one in fact["commitments"]}
    need("texts.json" in files, "the texts are missing")
    listed = parsed(files["texts.json"], "texts.json")
    need(isinstance(listed, list), "the texts are no list")
    texts = texts_of(listed, committed)
    check_exhibits(manifest, facts, texts)
    check_decisions(manifest, point, facts, texts, files)
    need(link is None or any(fact["link"] == link for fact in facts.values()), "the link that was kept is not in it")
    return manifest, len(texts), len(committed) - len(texts)

def main(arguments):
    options = dict(zip(arguments[1::2], arguments[2::2]))
    if not arguments or len(arguments) % 2 == 0 or not set(options) <= {"--keys", "--link"}:
        return print(__doc__.strip()) or 2
    try:
        kids = None
        if "--keys" in options:
            with open(options["--keys"], encoding="utf-8") as keys:
                kids = {key["kid"] for key in json.load(keys)["keys"]}
        with open(arguments[0], "rb") as file:
            manifest, texts, erased = verify(file, kids, options.get("--link"))
    except Refused as why:
        return print("REFUSED: %s" % why) or 1
    print("whole: dispute %s of %s, for the %s" % (manifest["dispute"], manifest["marketplace"], manifest["reader"]))
    for chain in manifest["chains"]:
        print("  %s: %d facts, head %s" % (chain["audience"], chain["facts"], chain["head"] or "-"))
    print("  %d exhibits, %d texts, %d erased" % (len(manifest["exhibits"]), texts, erased))
    print("  signed by key %s%s" % (manifest["key"]["kid"], "" if kids else ", which nobody has compared: use --keys"))
    return 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
