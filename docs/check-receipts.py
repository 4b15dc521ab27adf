"""Are these receipts in the published record? Needs Python 3.8 or newer and nothing of Votix; formulas in specification.md.

    python3 check-receipts.py RECORD.json|ARCHIVE.bel RECEIPTS.txt       one receipt a line, as a voter kept it
"""
import base64, hashlib, json, sys, tarfile

CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")

def sealed(path):  # "Receipt": 160 bits of the ballot's SHA-256, in Crockford's alphabet
    record = json.load(open(path, encoding="utf-8"))
    lines = "".join(ballot + "\n" for ballot in record["ballots"]).encode()
    if hashlib.sha256(lines).hexdigest() != record["boxHash"]:
        sys.exit("The record is damaged: its ballots are not those of its box hash.")
    return {base64.b32encode(hashlib.sha256(b.encode()).digest()[:20]).decode().translate(CROCKFORD) for b in record["ballots"]}

def verifiable(path):  # "Archive": the SHA-256 of each event of type Ballot names its ballot; a tracker is that in base64
    files = {m.name: t.extractfile(m).read() for t in [tarfile.open(path)] for m in t if m.isfile()}
    events = [json.loads(data) for name, data in files.items() if name.endswith(".event.json")]
    ballots = [files[event["payload"] + ".data.json"] for event in events if event["type"] == "Ballot"]
    return {base64.b64encode(hashlib.sha256(ballot).digest()).decode().rstrip("=") for ballot in ballots}

if len(sys.argv) != 3:
    sys.exit(__doc__)
box = (verifiable if sys.argv[1].endswith(".bel") else sealed)(sys.argv[1])
kept = [line.strip().replace(" ", "") for line in open(sys.argv[2], encoding="utf-8") if line.strip()]
missing = [receipt for receipt in kept if receipt not in box and receipt.upper().replace("-", "") not in box]
print(*(f"NOT in the record: {receipt}" for receipt in missing), sep="\n", end="\n" if missing else "")
print(f"{len(kept) - len(missing)} of {len(kept)} receipts are in the record of {len(box)} ballots.")
sys.exit(1 if missing else 0)
