"""Applies mutations to a bundle, one a line, and asks verify.py about each: mutants.py VERIFY_FOLDER WORK_FOLDER."""
import functools
import io
import os
import sys

sys.path.insert(0, sys.argv[1])
import verify

# A signature over the same bytes need not be computed ten thousand times.
verify.is_signed = functools.lru_cache(maxsize=None)(verify.is_signed)


def applied(line, bundle):
    parts = []
    for piece in line.split():
        if piece.startswith("="):
            parts.append(bytes.fromhex(piece[1:]))
        else:
            start, length = map(int, piece.split("+"))
            parts.append(bundle[start:start + length])
    return b"".join(parts)


def main():
    with open(os.path.join(sys.argv[2], "bundle.zip"), "rb") as file:
        bundle = file.read()
    verify.verify(io.BytesIO(bundle))
    refused = passed = 0
    with open(os.path.join(sys.argv[2], "mutants"), encoding="ascii") as lines:
        for line in lines:
            try:
                verify.verify(io.BytesIO(applied(line, bundle)))
                passed += 1
                print("PASSED: " + line[:300])
            except verify.Refused:
                refused += 1
    print("%d refused, %d passed" % (refused, passed))
    return 1 if passed else 0


sys.exit(main())
