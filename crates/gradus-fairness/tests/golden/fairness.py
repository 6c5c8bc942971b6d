"""Golden values of rates by group and of equalized thresholds: run `python fairness.py` beside the tables.

pip install fairlearn==0.15.0 scikit-learn scipy

groups.csv: differences and ratios of random labels; exact fractions, confirmed by fairlearn.
thresholds.csv: the best expected accuracy; exact fractions over all pairs of thresholds and all corners, confirmed by a
linear program (HiGHS) in which each group has a probability for every threshold.

A row is accepted only if both agree; disagreement aborts. A case is a seed: samples are drawn by the linear congruential
generator below, which the test repeats; case 0 of each table is written out in this script and in the test. Columns are the bits of the numbers in hexadecimal; the last one is
decimal, for readers.
"""

import hashlib
import struct
import sys
import warnings
from fractions import Fraction
from itertools import combinations
from pathlib import Path

warnings.filterwarnings("ignore")
import numpy as np
from fairlearn import metrics
from scipy.optimize import linprog
from sklearn.metrics import precision_score, accuracy_score

HERE = Path(__file__)


def draws(seed):
    state = seed

    def draw(below):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % below

    return draw


def labels(seed, n, groups):
    """Truth, decision, group."""
    if seed == 0:
        truth, taken = "11100000" "110000" "100011", "11010000" "100001" "111010"
        return [int(c) for c in truth], [int(c) for c in taken], [0] * 8 + [1] * 6 + [2] * 6
    draw = draws(seed)
    samples = [(draw(2), draw(2), i % groups) for i in range(n)]
    return [list(column) for column in zip(*samples)]


def scored(seed, n, groups):
    """Scores in 64ths, truth, group: positive ones score higher, and more of the higher groups are positive."""
    if seed == 0:
        scores = [90, 80, 70, 60, 50, 40, 30, 20, 95, 55, 45, 35, 25, 15, 85, 75, 65, 50, 40, 10]
        return [Fraction(s, 100) for s in scores], *(labels(0, 0, 0)[k] for k in (0, 2))
    draw = draws(seed)
    scores, truth, group = [], [], []
    for i in range(n):
        g = i % groups
        y = int(draw(groups + 2) <= g + 1) if i >= 2 * groups else i // groups  # both classes in every group
        scores.append(Fraction(draw(48) + 16 * y, 64))
        truth.append(y)
        group.append(g)
    return scores, truth, group


def share(some, all):
    return Fraction(sum(some), sum(all))


def rates(truth, taken):
    """Selection, true and false positive rate, precision, accuracy: exactly."""
    one = [1] * len(truth)
    hit = [y & p for y, p in zip(truth, taken)]
    no = [1 - y for y in truth]
    alarm = [n & p for n, p in zip(no, taken)]
    return [share(taken, one), share(hit, truth), share(alarm, no), share(hit, taken),
            share([int(y == p) for y, p in zip(truth, taken)], one)]


def measures(truth, taken, group, groups):
    """Seven differences and seven ratios: five rates, odds worst, odds mean."""
    table = []
    for g in range(groups):
        members = [i for i in range(len(group)) if group[i] == g]
        table.append(rates([truth[i] for i in members], [taken[i] for i in members]))
    columns = list(zip(*table))
    differences = [max(c) - min(c) for c in columns]
    ratios = [min(c) / max(c) for c in columns]
    odds = lambda values, worst: [worst(values[1:3]), sum(values[1:3]) / 2]
    return differences + odds(differences, max) + ratios + odds(ratios, min)


def fairlearns(truth, taken, group):
    args = dict(y_true=truth, y_pred=taken, sensitive_features=group)
    frame = lambda metric: metrics.MetricFrame(metrics=metric, **args)
    precision, accuracy = frame(precision_score), frame(accuracy_score)
    false = dict(fpr=metrics.false_positive_rate_difference(**args), ratio=metrics.false_positive_rate_ratio(**args))
    odds = lambda f, agg: f(**args, agg=agg)
    return [metrics.demographic_parity_difference(**args), metrics.equal_opportunity_difference(**args), false["fpr"],
            precision.difference(), accuracy.difference(),
            odds(metrics.equalized_odds_difference, "worst_case"), odds(metrics.equalized_odds_difference, "mean"),
            metrics.demographic_parity_ratio(**args), metrics.equal_opportunity_ratio(**args), false["ratio"],
            precision.ratio(), accuracy.ratio(),
            odds(metrics.equalized_odds_ratio, "worst_case"), odds(metrics.equalized_odds_ratio, "mean")]


def options(scores, truth):
    """For every threshold of a group: (true positives, false positives)."""
    cuts = sorted(set(scores), reverse=True)
    points = [(0, 0)]
    for cut in cuts:
        taken = [y for s, y in zip(scores, truth) if s >= cut]
        points.append((sum(taken), len(taken) - sum(taken)))
    return points


def height(points, x):
    """The best y that coins between two points reach at x."""
    at = [y for px, y in points if px == x]
    between = [(ay * (bx - x) + by * (x - ax)) / (bx - ax) for (ax, ay), (bx, by) in combinations(sorted(points), 2)
               if ax < x < bx]
    return max(at + between)


def best(scores, truth, group, groups, what):
    """The best expected accuracy, exactly, and by a linear program."""
    parts = [[i for i in range(len(group)) if group[i] == g] for g in range(groups)]
    curves = [options([scores[i] for i in m], [truth[i] for i in m]) for m in parts]
    totals = [curve[-1] for curve in curves]
    n = len(group)
    right = lambda g, p: p[0] + totals[g][1] - p[1]
    rate = {"selection": lambda g, p: Fraction(p[0] + p[1], sum(totals[g])),
            "tpr": lambda g, p: Fraction(p[0], totals[g][0]),
            "fpr": lambda g, p: Fraction(p[1], totals[g][1])}
    if what != "odds":
        planes = [[(rate[what](g, p), Fraction(right(g, p))) for p in curve] for g, curve in enumerate(curves)]
        corners = {x for plane in planes for x, _ in plane}
        exact = max(sum(height(plane, x) for plane in planes) for x in corners) / n
    else:
        planes = [[(rate["fpr"](g, p), rate["tpr"](g, p)) for p in curve] for g, curve in enumerate(curves)]
        corners = {x for plane in planes for x, _ in plane}
        # Lines between any two points of a plane, and where two such lines of two planes cross.
        lines = [[(a, b) for a, b in combinations(sorted(plane), 2) if a[0] < b[0]] for plane in planes]
        for some, others in combinations(lines, 2):
            for (a, b) in some:
                for (c, d) in others:
                    k, m = (b[1] - a[1]) / (b[0] - a[0]), (d[1] - c[1]) / (d[0] - c[0])
                    if k != m:
                        x = (c[1] - a[1] + k * a[0] - m * c[0]) / (k - m)
                        if 0 <= x <= 1:
                            corners.add(x)
        positive, negative = sum(t[0] for t in totals), sum(t[1] for t in totals)
        reach = lambda x: min(height(plane, x) for plane in planes)
        exact = max(positive * reach(x) + negative * (1 - x) for x in corners) / n
    # One variable a threshold of a group, and two more a group for odds: coins that ignore the score are thresholds too.
    index = [(g, p) for g, curve in enumerate(curves) for p in curve]
    gain = [-float(right(g, p)) / n for g, p in index]
    rows, values = [], []
    for g in range(groups):
        rows.append([float(other == g) for other, _ in index])
        values.append(1.0)
    for name in ["tpr", "fpr"] if what == "odds" else [what]:
        for g in range(1, groups):
            rows.append([float(rate[name](other, p)) * ((other == g) - (other == 0)) for other, p in index])
            values.append(0.0)
    program = linprog(gain, A_eq=np.array(rows), b_eq=values, method="highs")
    if abs(-program.fun - float(exact)) > 1e-9:
        sys.exit(f"{what}: exactly {float(exact)}, by the linear program {-program.fun}")
    return exact


def bits(x):
    return f"0x{struct.unpack('<Q', struct.pack('<d', x))[0]:016x}"


def write(name, columns, rows):
    digest = hashlib.sha256(HERE.read_bytes()).hexdigest()
    inputs = ",".join(f"x{k}" for k in range(len(rows[0][0])))
    lines = [f"# generated by tests/golden/fairness.py, SHA-256 {digest}", f"# {columns}",
             f"class,{inputs},y,max_ulp,src,comment"]
    for x, y, ulp, comment in rows:
        kind = "edge" if x[0] == 0 else "random"
        lines.append(",".join([kind, *(bits(float(v)) for v in x), bits(float(y)), str(ulp), "2", f"{comment} = {float(y):.17g}"]))
    HERE.with_name(name).write_text("\n".join(lines) + "\n")


def main():
    names = ["selection", "tpr", "fpr", "precision", "accuracy", "odds worst", "odds mean"]
    names = [f"{name} {kind}" for kind in ["difference", "ratio"] for name in names]
    rows = []
    for seed, n, groups in [(0, 20, 3), (1, 24, 2), (2, 40, 3), (3, 60, 4), (4, 200, 5), (5, 1000, 2)]:
        truth, taken, group = labels(seed, n, groups)
        exact, other = measures(truth, taken, group, groups), fairlearns(truth, taken, group)
        for k, (y, z) in enumerate(zip(exact, other)):
            if abs(float(y) - z) > 1e-14:
                sys.exit(f"{names[k]} of seed {seed}: fairlearn {z!r}, exactly {float(y)!r}")
            # A ratio has three roundings; a difference as many, which it magnifies by its size.
            ulp = 4 if k >= 7 or y == 0 else 2 + int(2 / y)
            rows.append(((seed, n, groups, k), y, ulp, names[k].replace(",", "")))
    write("groups.csv", "x0 seed, x1 samples, x2 groups, x3 measure", rows)

    rows = []
    cases = [(0, 20, 3), (11, 12, 2), (12, 20, 2), (13, 24, 3), (14, 30, 2), (15, 36, 3)]
    for seed, n, groups in cases:
        scores, truth, group = scored(seed, n, groups)
        for k, what in enumerate(["selection", "tpr", "fpr", "odds"]):
            rows.append(((seed, n, groups, k), best(scores, truth, group, groups, what), 8, what))
    write("thresholds.csv", "x0 seed, x1 samples, x2 groups, x3 selection | TPR | FPR | odds", rows)


main()
