"""Nodes and weights of the Gauss-Kronrod rule with 10 and 21 points, for src/gauss_kronrod.rs.

The Kronrod nodes are the zeros of P_n and of the Stieltjes polynomial E of degree n + 1, which is
orthogonal, with the weight P_n, to all polynomials of degree <= n (Laurie 1997, section 2). The linear
system for its coefficients is solved in rational arithmetic, zeros and weights with 60 digits; then the
rule is tried on all monomials up to the degree 3n + 1 that it must integrate exactly.

    python3 gauss_kronrod.py          # needs mpmath
"""

from fractions import Fraction

from mpmath import mp, mpf, polyroots, quad

mp.dps = 60
N = 10


def times(p, q):
    product = [Fraction(0)] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            product[i + j] += a * b
    return product


def integral(p):
    """Integral over [-1, 1] of a polynomial, coefficients from the constant upwards."""
    return sum(2 * a / (k + 1) for k, a in enumerate(p) if k % 2 == 0)


def legendre(n):
    older, p = [Fraction(1)], [Fraction(0), Fraction(1)]
    for k in range(1, n):
        shifted = [Fraction(0)] + [a * (2 * k + 1) for a in p]
        padded = [a * k for a in older] + [Fraction(0)] * 2
        older, p = p, [(a - b) / (k + 1) for a, b in zip(shifted, padded)]
    return p


def solve(a, b):
    """Gauss-Jordan elimination in rational numbers."""
    n = len(b)
    rows = [row + [right] for row, right in zip(a, b)]
    for k in range(n):
        pivot = next(i for i in range(k, n) if rows[i][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for i in range(n):
            if i != k:
                rows[i] = [x - rows[i][k] * y for x, y in zip(rows[i], rows[k])]
    return [row[-1] for row in rows]


def stieltjes(p):
    n = len(p) - 1
    power = lambda k: [Fraction(0)] * k + [Fraction(1)]
    moment = lambda k: integral(times(p, power(k)))
    # Sum over j <= n of e_j moment(j + k) = -moment(n + 1 + k) for k <= n; the parity of E is known.
    parity = (n + 1) % 2
    unknowns = list(range(parity, n + 1, 2))
    tests = [k for k in range(n + 1) if (k + n + 1 + n) % 2 == 0][: len(unknowns)]
    a = [[moment(j + k) for j in unknowns] for k in tests]
    b = [-moment(n + 1 + k) for k in tests]
    e = [Fraction(0)] * (n + 2)
    e[n + 1] = Fraction(1)
    for j, x in zip(unknowns, solve(a, b)):
        e[j] = x
    return e


def zeros(p):
    high_first = [mpf(a.numerator) / a.denominator for a in reversed(p)]
    return [mp.re(x) for x in polyroots(high_first, maxsteps=500, extraprec=500)]


def weights(nodes):
    """Interpolation weights: integrals of the Lagrange polynomials."""
    result = []
    for i, x in enumerate(nodes):
        p = [mpf(1)]
        for j, y in enumerate(nodes):
            if j != i:
                shifted = [mpf(0)] + [a / (x - y) for a in p]
                p = [s - a * y / (x - y) for s, a in zip(shifted, p + [mpf(0)])]
        result.append(sum(2 * a / (k + 1) for k, a in enumerate(p) if k % 2 == 0))
    return result


def main():
    p = legendre(N)
    gauss = sorted(zeros(p))
    nodes = sorted(gauss + zeros(stieltjes(p)))
    kronrod_weights, gauss_weights = weights(nodes), weights(gauss)
    for degree in range(3 * N + 2):
        exact = mpf(2) / (degree + 1) if degree % 2 == 0 else mpf(0)
        rule = sum(w * x**degree for w, x in zip(kronrod_weights, nodes))
        assert abs(rule - exact) < mpf(10) ** -40, degree
    assert abs(quad(lambda x: mp.exp(x), [-1, 1]) - sum(w * mp.exp(x) for w, x in zip(kronrod_weights, nodes))) < 1e-25
    of_gauss = {mp.nstr(x, 30): w for x, w in zip(gauss, gauss_weights)}
    print("// node, weight of Kronrod, weight of Gauss")
    for x, w in list(zip(nodes, kronrod_weights))[N:]:
        g = of_gauss.get(mp.nstr(x, 30), mpf(0))
        print(f"    [{mp.nstr(mp.chop(x), 20)}, {mp.nstr(w, 20)}, {mp.nstr(g, 20)}],")


main()
