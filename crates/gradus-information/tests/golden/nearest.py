#!/usr/bin/env python3
"""Writes nearest.csv: entropy and mutual information of densities, from the distances and the numbers of neighbors.

Each row begins with the number of the quantity (the list QUANTITIES) and k, then 20 samples of x, of y and of z. Source 1 is mpmath at 50 digits
with all distances, source 2 SciPy: cKDTree and digamma. Where scikit-learn has the quantity (cubes or labels, one number in each variable), its own
function is source 3; it is called below the noise that it adds to samples, and with its cut at 0 undone where it cuts.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 scipy==1.17.1 scikit-learn==1.9.1 && venv/bin/python nearest.py
"""

import hashlib
import math
import pathlib
import random
import struct

import mpmath
import numpy
import scipy
import sklearn
from mpmath import mpf
from scipy.spatial import cKDTree
from scipy.special import digamma
from sklearn.feature_selection._mutual_info import _compute_mi_cc, _compute_mi_cd

HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
N = 20
mpmath.mp.dps = 50
random.seed(20261130)


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


# --- source 1: all distances, each rounded once, as who is nearer is decided by doubles ---


def far(a, b):
    return mpf(max(abs(float(p) - float(q)) for p, q in zip(a, b)))


def neighborhood(points, j, k):
    """The distance of neighbor k, and all others that are at most as far."""
    others = sorted((far(points[j], points[i]), i) for i in range(N) if i != j)
    radius = others[k - 1][0]
    return radius, [i for r, i in others if r <= radius]


def entropy(points, k):
    radii = [neighborhood(points, j, k)[0] for j in range(N)]
    return mpmath.psi(0, N) - mpmath.psi(0, k) + len(points[0]) * sum(mpmath.log(2 * r) for r in radii) / N


def cubes(x, y, k):
    total = mpf(0)
    for j in range(N):
        radius, _ = neighborhood([a + b for a, b in zip(x, y)], j, k)
        for part in (x, y):
            total += mpmath.psi(0, 1 + sum(far(part[i], part[j]) < radius for i in range(N) if i != j))
    return mpmath.psi(0, k) + mpmath.psi(0, N) - total / N


def boxes(x, y, k):
    total = mpf(0)
    for j in range(N):
        _, near = neighborhood([a + b for a, b in zip(x, y)], j, k)
        for part in (x, y):
            extent = max(far(part[i], part[j]) for i in near)
            total += mpmath.psi(0, sum(far(part[i], part[j]) <= extent for i in range(N) if i != j))
    return mpmath.psi(0, k) - mpf(1) / k + mpmath.psi(0, N) - total / N


# --- source 2: trees, in double precision ---


def second_entropy(points, k):
    radii = cKDTree(points).query(points, k + 1, p=math.inf)[0][:, -1]
    return digamma(N) - digamma(k) + len(points[0]) * numpy.mean(numpy.log(2 * radii))


def second(x, y, k, rectangles):
    x, y = numpy.array(x), numpy.array(y)
    pairs = numpy.hstack([x, y])
    radii = cKDTree(pairs).query(pairs, k + 1, p=math.inf)[0][:, -1]
    total = 0.0
    for j, radius in enumerate(radii):
        near = cKDTree(pairs).query_ball_point(pairs[j], radius, p=math.inf)
        for part in (x, y):
            if rectangles:
                extent = abs(part[near] - part[j]).max()
                total += digamma(cKDTree(part).query_ball_point(part[j], extent, p=math.inf, return_length=True) - 1)
            else:
                extent = numpy.nextafter(radius, 0)
                total += digamma(cKDTree(part).query_ball_point(part[j], extent, p=math.inf, return_length=True))
    return digamma(k) + digamma(N) - total / N - (1 / k if rectangles else 0)


def parity(x, k):
    """What x tells about a label: 0 for every second sample, 1 for the others."""
    total = mpf(0)
    for j in range(N):
        radius = sorted(far(x[i], x[j]) for i in range(N) if i != j and i % 2 == j % 2)[k - 1]
        total += mpmath.psi(0, N // 2) + mpmath.psi(0, 1 + sum(far(x[i], x[j]) < radius for i in range(N) if i != j))
    return mpmath.psi(0, k) + mpmath.psi(0, N) - total / N


def second_parity(x, k):
    x = numpy.array(x)
    total = 0.0
    for start in (0, 1):
        part = x[start::2]
        radii = numpy.nextafter(cKDTree(part).query(part, k + 1, p=math.inf)[0][:, -1], 0)
        total += digamma(N // 2) * len(part)
        total += digamma(cKDTree(x).query_ball_point(part, radii, p=math.inf, return_length=True)).sum()
    return digamma(k) + digamma(N) - total / N


def columns(*variables):
    return [list(sample) for sample in zip(*variables)]


# name, source 1, source 2
QUANTITIES = [
    ("h(x)", lambda x, y, z, k: entropy(columns(x), k), lambda x, y, z, k: second_entropy(columns(x), k)),
    ("h(x y)", lambda x, y, z, k: entropy(columns(x, y), k), lambda x, y, z, k: second_entropy(columns(x, y), k)),
    ("h(x y z)", lambda x, y, z, k: entropy(columns(x, y, z), k), lambda x, y, z, k: second_entropy(columns(x, y, z), k)),
    ("cubes(x; y)", lambda x, y, z, k: cubes(columns(x), columns(y), k), lambda x, y, z, k: second(columns(x), columns(y), k, False)),
    ("boxes(x; y)", lambda x, y, z, k: boxes(columns(x), columns(y), k), lambda x, y, z, k: second(columns(x), columns(y), k, True)),
    ("cubes(x y; z)", lambda x, y, z, k: cubes(columns(x, y), columns(z), k), lambda x, y, z, k: second(columns(x, y), columns(z), k, False)),
    ("boxes(x y; z)", lambda x, y, z, k: boxes(columns(x, y), columns(z), k), lambda x, y, z, k: second(columns(x, y), columns(z), k, True)),
    ("labels(x)", lambda x, y, z, k: parity(columns(x), k), lambda x, y, z, k: second_parity(columns(x), k)),
]


def normals(rho):
    x = [random.gauss(0, 1) for _ in range(N)]
    y = [rho * a + math.sqrt(1 - rho * rho) * random.gauss(0, 1) for a in x]
    return x, y, [a - b + random.gauss(0, 0.5) for a, b in zip(x, y)]


def lattice():
    """Few values, most pairs different."""
    places = random.sample([(i / 4, j / 2) for i in range(6) for j in range(8)], N)
    return [a for a, _ in places], [b for _, b in places], [random.randrange(64) / 16 for _ in places]


SAMPLES = [normals(rho) for rho in (0.0, 0.5, -0.9, 0.999)] + [lattice() for _ in range(2)]
SAMPLES += [tuple([random.uniform(-1, 1) * scale for _ in range(N)] for scale in (1e-9, 1e-9, 1e-9))]
SAMPLES += [tuple([math.tan(3.1 * (random.random() - 0.5)) for _ in range(N)] for _ in range(3))]
# an extent to the last digit: 0.1 + 0.2 against 0.3, and neighbors one unit in the last place apart
SAMPLES += [([i / 10 for i in range(N)], [(7 * i % N) / 10 for i in range(N)], [1 + 2**-52 * (3 * i % N) for i in range(N)])]

lines = []
for number, (name, first, other) in enumerate(QUANTITIES):
    for x, y, z in SAMPLES:
        for k in (1, 4):
            exact = [[mpf(t) for t in v] for v in (x, y, z)]
            if number in (0, 7) and len(set(x)) < N:
                continue  # repeated values have no density
            y0 = float(first(*exact, k))
            y1 = float(other(x, y, z, k))
            assert abs(y0 - y1) <= 1e-12 * max(1, abs(y0)), (name, y0, y1)
            if abs(y0) < 1e-40:
                continue  # digammas cancel: no unit in the last place to measure by
            sources = 2
            if name in ("cubes(x; y)", "labels(x)"):
                labels = numpy.arange(N) % 2
                y2 = _compute_mi_cc(numpy.array(x), numpy.array(y), k) if number == 3 else _compute_mi_cd(numpy.array(x), labels, k)
                assert abs(max(y0, 0) - y2) <= 1e-12, (y0, y2)
                sources = 3
            # N terms of size psi(N) or d |ln 2r|
            size = 4.0 + (3 * max(abs(math.log(abs(a - b))) for v in (x, y, z) for a in v for b in v if a != b) if number < 3 else 0)
            ulp = 8 + math.ceil(4 * size / abs(y0))
            samples = ",".join(bits(t) for v in (x, y, z) for t in v)
            lines.append(f"body,{bits(float(number))},{bits(float(k))},{samples},{bits(y0)},{ulp},{sources},{name}: {float(y0)!r}")

versions = f"mpmath {mpmath.__version__} (50 digits), scipy {scipy.__version__}, scikit-learn {sklearn.__version__}"
head = f"# generated by tests/golden/nearest.py, SHA-256 {DIGEST}\n# {versions}\n"
names = ",".join(f"x{i}" for i in range(3 * N + 2))
(HERE / "nearest.csv").write_text(head + f"class,{names},y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
print(len(lines), "rows of", len(QUANTITIES) * len(SAMPLES) * 2)
