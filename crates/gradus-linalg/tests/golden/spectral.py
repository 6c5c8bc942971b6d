"""Golden tables of eigenvalues, principal components and polar factors: run `python spectral.py` beside the tables.

pip install mpmath==1.4.1 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1

Every number has two sources, and disagreement aborts. Symmetric eigenvalues: mpmath's eigsy at 50 and at 100 digits,
and SciPy's eigh within rounding. General eigenvalues: mpmath's eig at 50 and at 100 digits, and NumPy's eigvals
within their condition. Principal components: eigsy of the exact rational covariance at 50 and at 100 digits, and
scikit-learn's PCA. Numbers are the bits of doubles in hexadecimal; the last column is decimal, for readers.
Symmetric eigenvalues are allowed 16 u of the greatest (Weyl), general ones 16 u times the norm and their condition
1 / |y* x|, as are variances as squares of singular values.
"""

import math
from fractions import Fraction

import numpy
import scipy.linalg
from mpmath import mp
from sklearn.decomposition import PCA

from writer import write


def frank(n):
    """Upper Hessenberg, determinant 1; its small eigenvalues are ill-conditioned."""
    return [[n - max(i, j) if j >= i - 1 else 0 for j in range(n)] for i in range(n)]


def wilkinson(n):
    """|i - (n-1)/2| on the diagonal, ones beside it: eigenvalues in pairs that nearly coincide."""
    return [[abs(i - (n - 1) // 2) if i == j else int(abs(i - j) == 1) for j in range(n)] for i in range(n)]


ROSSER = [[611, 196, -192, 407, -8, -52, -49, 29], [196, 899, 113, -192, -71, -43, -8, -44],
          [-192, 113, 899, 196, 61, 49, 8, 52], [407, -192, 196, 611, 8, 44, 59, -23],
          [-8, -71, 61, 8, 411, -599, 208, 208], [-52, -43, 49, 44, -599, 411, 208, 208],
          [-49, -8, 8, 59, 208, 208, 99, -911], [29, -44, 52, -23, 208, 208, -911, 99]]


def symmetric_named():
    """Named matrices by a number that the test turns into the same matrix."""
    yield 0, "Rosser", ROSSER
    yield 1, "Wilkinson W21+", wilkinson(21)
    yield 2, "Toeplitz -1 2 -1 of order 9", [[2 if i == j else -int(abs(i - j) == 1) for j in range(9)] for i in range(9)]
    yield 3, "min(i j) of order 8", [[min(i, j) + 1 for j in range(8)] for i in range(8)]
    for k in range(3):
        scrambled = lambda i, j: (31 * (i + j) + 17 * i * i * j * j + 23 * k) % 199 - 99
        yield 4 + k, f"scrambled {k}", [[scrambled(i, j) for j in range(5)] for i in range(5)]


def symmetric():
    for number, name, a in symmetric_named():
        answers = []
        for digits in (50, 100):
            mp.dps = digits
            answers.append(sorted(mp.eigsy(mp.matrix(a), eigvals_only=True), reverse=True))
        greatest = max(abs(x) for x in answers[1])
        third = sorted(scipy.linalg.eigh(numpy.array(a, dtype=float), eigvals_only=True), reverse=True)
        for i, (x, y, z) in enumerate(zip(*answers, third)):
            if abs(y) < mp.mpf(10) ** -30:
                assert number == 0  # the zero of Rosser's matrix is tested as a zero
                continue
            assert float(x) == float(y), (name, x, y)
            assert abs(z - y) <= 64 * 2.0**-53 * greatest, (name, z, y)
            yield "body", [number, i], float(y), math.ceil(16 * greatest / abs(y)), f"{name}: {mp.nstr(y, 12)}"


def general_named():
    yield 0, "Frank of order 8", frank(8)
    yield 1, "companion of (x-1)(x-2)(x-3)(x-4)", [[0, 0, 0, -24], [1, 0, 0, 50], [0, 1, 0, -35], [0, 0, 1, 10]]
    yield 2, "companion of x^3 - 2", [[0, 0, 2], [1, 0, 0], [0, 1, 0]]
    for k in range(3):
        scrambled = lambda i, j: (7 * i + 13 * j + 5 * i * j * j + 11 * k) % 19 - 9
        yield 3 + k, f"scrambled {k}", [[scrambled(i, j) for j in range(5)] for i in range(5)]


def general():
    """Real and imaginary part of every eigenvalue with imaginary part at least 0."""
    for number, name, a in general_named():
        answers = []
        for digits in (50, 100):
            mp.dps = digits
            values, left, right = mp.eig(mp.matrix(a), left=True, right=True)
            pairs = []
            for k, value in enumerate(values):
                x, y = right[:, k], left[k, :]
                cosine = abs((y * x)[0]) / (mp.norm(x) * mp.norm(y.T))
                pairs.append((value, 1 / cosine))
            pairs = [(v, c) for v, c in pairs if v.imag > -mp.mpf(10) ** -30]
            answers.append(sorted(pairs, key=lambda p: (-mp.nint(abs(p[0]) * 10**20), -mp.nint(p[0].real * 10**20))))
        norm = mp.mnorm(mp.matrix(a), "f")
        third = numpy.linalg.eigvals(numpy.array(a, dtype=float))
        for i, ((x, _), (y, condition)) in enumerate(zip(*answers)):
            allowed = 16 * norm * condition
            assert min(abs(complex(y) - z) for z in third) <= 4 * float(allowed) * 2.0**-53
            for part, (s, t) in enumerate([(x.real, y.real), (x.imag, y.imag)]):
                if abs(t) < mp.mpf(10) ** -30:
                    continue
                assert float(s) == float(t), (name, s, t)
                yield "body", [number, i, part], float(t), math.ceil(allowed / abs(t)), f"{name}: {mp.nstr(y, 12)}".replace(",", " ")


def data():
    """Features x samples of small integers; some with a great mean."""
    yield 0, [[2, 0, -1, 3, 5, 1], [1, 1, 0, 4, 6, 2], [0, 3, 3, -2, 1, 7]]
    yield 1, [[1000000 + x for x in r] for r in [[2, 0, -1, 3, 5, 1], [1, 1, 0, 4, 6, 2], [0, 3, 3, -2, 1, 7]]]
    yield 2, [[(29 * i + 37 * j + 11 * i * j * j) % 101 - 50 for j in range(6)] for i in range(3)]


def principal():
    """Variances with n - 1, their ratios, and the first component."""
    for number, x in data():
        p, n = len(x), len(x[0])
        mean = [Fraction(sum(r), n) for r in x]
        c = [[sum((x[i][k] - mean[i]) * (x[j][k] - mean[j]) for k in range(n)) / (n - 1) for j in range(p)] for i in range(p)]
        answers = []
        for digits in (50, 100):
            mp.dps = digits
            exact = mp.matrix([[mp.mpf(e.numerator) / e.denominator for e in r] for r in c])
            values, vectors = mp.eigsy(exact)
            order = sorted(range(p), key=lambda k: -values[k])
            first = vectors[:, order[0]]
            leading = max(range(p), key=lambda i: abs(first[i]))
            first = [first[i] * mp.sign(first[leading]) for i in range(p)]
            total = sum(values)
            answers.append([values[k] for k in order] + [values[k] / total for k in order] + first)
        fit = PCA().fit(numpy.array(x, dtype=float).T)
        component = fit.components_[0] * numpy.sign(fit.components_[0][numpy.argmax(abs(fit.components_[0]))])
        third = [*fit.explained_variance_, *fit.explained_variance_ratio_, *component]
        gap = answers[1][0] / (answers[1][0] - answers[1][1])
        for i, (s, t, z) in enumerate(zip(*answers, third)):
            assert float(s) == float(t)
            assert abs(z - t) <= 1e-9 * abs(t) + 1e-9, (z, t)
            # A variance is a square of a singular value, right to 16 u of the greatest; a vector by the gap.
            greatest = answers[1][0] if i < p else 1
            ulps = 32 * mp.sqrt(greatest / t) if i < 2 * p else 32 * gap / abs(t)
            what = ["variance", "ratio", "component"][i // p]
            yield "near" if number == 1 else "body", [number, i // p, i % p], float(t), math.ceil(ulps), f"{what} {mp.nstr(t, 12)}"


if __name__ == "__main__":
    twice = "eigenvalues at 50 and at 100 digits, "
    write(__file__, "symmetric_eigen.csv", 2, symmetric(), twice + "eigh within rounding", "mpmath", "scipy")
    write(__file__, "eigen.csv", 3, general(), twice + "eigvals within their condition", "mpmath", "numpy")
    write(__file__, "pca.csv", 3, principal(), twice + "PCA", "mpmath", "scikit-learn")
