#!/usr/bin/env python3
"""Writes words.csv, draws.csv and permutations.csv: the bits that gradus-random promises.

Everything is written down a second time here, from the papers and not from the crate:
ChaCha from RFC 8439 (checked against its test vector, then run with 8 rounds), Lemire's bounded
integers, the Fisher-Yates shuffle, and Wichura's AS 241. Python's floats are IEEE 754 doubles, so
the bits must agree exactly; the quantiles are compared with mpmath at 50 and at 100 digits as well.

    python3 -m venv venv && venv/bin/pip install mpmath==1.3.0 && venv/bin/python draws.py
"""

import math
import pathlib
import struct

import mpmath

HERE = pathlib.Path(__file__).parent
MASK = 0xFFFFFFFF


# --- ChaCha ------------------------------------------------------------------------------------
def quarter_round(s, a, b, c, d):
    for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        s[x] = (s[x] + s[y]) & MASK
        s[z] ^= s[x]
        s[z] = ((s[z] << turn) | (s[z] >> (32 - turn))) & MASK


def block(key, tail, rounds):
    """One block of 16 words; `tail` holds the last four words of the state (counter, nonce)."""
    start = list(struct.unpack("<4I", b"expand 32-byte k")) + list(struct.unpack("<8I", key)) + list(tail)
    s = start[:]
    for _ in range(rounds // 2):
        for i in range(4):
            quarter_round(s, i, 4 + i, 8 + i, 12 + i)
        for i in range(4):
            quarter_round(s, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return [(a + b) & MASK for a, b in zip(s, start)]


# RFC 8439 section 2.3.2: key 00..1f, counter 1, nonce 00000009 0000004a 00000000, 20 rounds.
rfc = block(bytes(range(32)), (1, 0x09000000, 0x4A000000, 0), 20)
assert rfc[:4] == [0xE4E7F110, 0x15593BD1, 0x1FDD0F50, 0xC47120A3] and rfc[15] == 0x4E3C50A2


class Stream:
    """The words of one key: 64-bit block counter from 0, nonce 0, 8 rounds."""

    def __init__(self, seed, stream, epoch, step):
        self.key = struct.pack("<4Q", seed, stream, epoch, step)
        self.counter, self.words = 0, []

    def u32(self):
        if not self.words:
            tail = (self.counter & MASK, self.counter >> 32, 0, 0)
            self.words = block(self.key, tail, 8)[::-1]
            self.counter += 1
        return self.words.pop()

    def u64(self):
        low = self.u32()
        return low | self.u32() << 32


# --- draws -------------------------------------------------------------------------------------
def below(n, rng):
    """Lemire 2019, algorithm 5, with 32-bit words."""
    m = rng.u32() * n
    if m & MASK < n:
        while m & MASK < 2**32 % n:
            m = rng.u32() * n
    return m >> 32


def permutation(n, rng):
    order = list(range(n))
    for i in range(n - 1, 0, -1):
        j = below(i + 1, rng)
        order[i], order[j] = order[j], order[i]
    return order


def uniform(word):
    return (word >> 11) * 2.0**-53


A = (3.3871328727963666080e0, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
     45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727)
B = (1.0, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
     21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610)
C = (1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
     1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4)
D = (1.0, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
     0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9)
E = (6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
     0.0265321895265761230930, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7)
F = (1.0, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15)
LG = (6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
      1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01)
LN_2_HIGH, LN_2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10


def horner(c, x):
    total = 0.0
    for a in reversed(c):
        total = total * x + a
    return total


def ln(x):
    m, k = math.frexp(x)  # x = m 2^k, 1/2 <= m < 1
    m, k = 2.0 * m, k - 1
    if m >= math.sqrt(2.0):
        m, k = m / 2.0, k + 1
    f = m - 1.0
    h, s = 0.5 * f * f, f / (2.0 + f)
    z = s * s
    return k * LN_2_HIGH - ((h - (s * (h + z * horner(LG, z)) + k * LN_2_LOW)) - f)


def upper_tail(word):
    return (float(word >> 1) + 0.5) * 2.0**-64


def normal(word):
    p = upper_tail(word)
    q = 0.5 - p
    if q <= 0.425:
        r = 0.180625 - q * q
        x = q * horner(A, r) / horner(B, r)
    else:
        r = math.sqrt(-ln(p))
        c, d, shift = (C, D, 1.6) if r <= 5.0 else (E, F, 5.0)
        x = horner(c, r - shift) / horner(d, r - shift)
    return -x if word & 1 else x


def exact_normal(word):
    """The quantile of the double p, rounded from 50 and from 100 digits, which must agree."""
    p = upper_tail(word)
    if p == 0.5:
        return -0.0 if word & 1 else 0.0
    rounded = []
    for digits in (50, 100):
        mpmath.mp.dps = digits
        f = lambda x: mpmath.erfc(x / mpmath.sqrt(2)) / 2 - mpmath.mpf(p)
        x = mpmath.mpf(abs(normal(word)))
        for _ in range(8):  # Newton: the derivative is minus the density
            x += f(x) / mpmath.npdf(x)
        rounded.append(float(x))
    assert rounded[0] == rounded[1]
    return -rounded[0] if word & 1 else rounded[0]


# --- tables ------------------------------------------------------------------------------------
def bits(x):
    return f"0x{struct.unpack('<Q', struct.pack('<d', x))[0]:016x}"


def ulps(a, b):
    ia, ib = (struct.unpack("<q", struct.pack("<d", abs(x)))[0] for x in (a, b))
    return abs(ia - ib)


KEYS = [(0, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (2026, 3, 14, 159),
        (2**64 - 1, 2**64 - 1, 2**64 - 1, 2**64 - 1)]

with open(HERE / "words.csv", "w") as out:
    print("# draws.py; the words with numbers 0 to 7 and 1000 of each key", file=out)
    print("# seed,stream,epoch,step,word...", file=out)
    for key in KEYS:
        rng = Stream(*key)
        words = [rng.u32() for _ in range(1001)]
        print(*key, *(f"0x{w:08x}" for w in words[:8] + words[1000:]), sep=",", file=out)

# Split points of AS 241: p = 0.075 and p = exp(-25); both signs; the extremes; random words.
edges = [0, 1, 2, 3, 2**64 - 1, 2**64 - 2, 2**63, 2**53 + 1]
for p in (mpmath.mpf("0.075"), mpmath.exp(-25)):
    near = int(p * 2**64) << 1
    edges += [near - 2**14, near, near + 2**14]
rng = Stream(1, 2, 3, 4)
edges += [rng.u64() for _ in range(60)] + [rng.u64() >> (3 * i) for i in range(1, 21)]
worst = 0
with open(HERE / "draws.csv", "w") as out:
    print("# draws.py; mpmath", mpmath.__version__, file=out)
    print("# word,uniform,normal,normal rounded from 50 digits", file=out)
    for word in edges:
        x, exact = normal(word), exact_normal(word)
        worst = max(worst, ulps(x, exact))
        print(f"0x{word:016x}", bits(uniform(word)), bits(x), bits(exact), sep=",", file=out)

with open(HERE / "permutations.csv", "w") as out:
    print("# draws.py; of long permutations the places 0, 1000, 2000, ...", file=out)
    print("# seed,stream,epoch,step,n,entry...", file=out)
    for key, n in [((0, 0, 0, 0), 10), ((7, 1, 0, 0), 10), ((7, 1, 1, 0), 10), ((7, 1, 2, 0), 60000)]:
        order = permutation(n, Stream(*key))
        assert sorted(order) == list(range(n))
        print(*key, n, *(order if n <= 10 else order[::1000]), sep=",", file=out)

print("worst normal:", worst, "ULP")
