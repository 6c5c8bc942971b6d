"""Golden values of the metrics of scores, probabilities, numbers and groupings: run `python metrics.py` beside the table.

pip install scikit-learn==1.9.1

Values come from scikit-learn; those with an exact formula in whole numbers are confirmed by fractions. A case is a
metric, a seed, a number of samples and a parameter: the data are drawn by the linear congruential generator below,
which the test repeats. Columns are the bits of the numbers in hexadecimal; the last one is decimal, for readers.
"""

import hashlib
import struct
import sys
import warnings
from fractions import Fraction
from pathlib import Path

import numpy as np
from sklearn import metrics

warnings.filterwarnings("ignore")


class Draws:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def labels(seed, n, classes):
    """Truth and prediction; about every second prediction is right."""
    draws, truth, predicted = Draws(seed), [], []
    for _ in range(n):
        y = draws.below(classes)
        truth.append(y)
        predicted.append(y if draws.below(2) == 0 else draws.below(classes))
    return truth, predicted


def scored(seed, n):
    """Truth 0 or 1, and probabilities of class 1 in hundredths, higher for the ones."""
    draws, truth, scores = Draws(seed), [], []
    for i in range(n):
        y = i % 3 // 2
        truth.append(y)
        scores.append((draws.below(80) + 1 + 15 * y) / 128)
    return truth, scores


def distributions(seed, n, classes):
    """Labels, and for each sample probabilities in 1024ths that sum to 1."""
    draws, truth, rows = Draws(seed), [], []
    for _ in range(n):
        truth.append(draws.below(classes))
        weights = [1 + draws.below(1024 // classes - 1) for _ in range(classes - 1)]
        rows.append([w / 1024 for w in weights + [1024 - sum(weights)]])
    return truth, rows


def numbers(seed, n):
    """Truth and prediction in hundreds of 1/64, the truth not zero."""
    draws = Draws(seed)
    truth = [(draws.below(1000) + 1) / 64 for _ in range(n)]
    return truth, [y + (draws.below(400) - 200) / 64 for y in truth]


def auc(seed, n, _):
    truth, scores = scored(seed, n)
    pairs = [(a, b) for y, a in zip(truth, scores) if y for x, b in zip(truth, scores) if not x]
    exact = sum(Fraction(2 * (a > b) + (a == b), 2) for a, b in pairs) / len(pairs)
    return metrics.roc_auc_score(truth, scores), exact


def ece(seed, n, bins):
    truth, scores = map(np.array, scored(seed, n))
    ids = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], scores)
    share = sum(abs(sum(map(Fraction, scores[ids == b])) - int(sum(truth[ids == b]))) for b in set(ids))
    observed, predicted = metrics_calibration(truth, scores, bins)
    counts = [np.sum(ids == b) for b in sorted(set(ids))]
    return float(np.sum(np.abs(observed - predicted) * counts) / n), share / n


def metrics_calibration(truth, scores, bins):
    from sklearn.calibration import calibration_curve
    return calibration_curve(truth, scores, n_bins=bins)


def kappa(seed, n, k):
    truth, predicted = labels(seed, n, k)
    agree = Fraction(sum(y == p for y, p in zip(truth, predicted)), n)
    chance = Fraction(sum(truth.count(c) * predicted.count(c) for c in range(k)), n * n)
    return metrics.cohen_kappa_score(truth, predicted), (agree - chance) / (1 - chance)


def fbeta(average):
    def value(seed, n, k):
        truth, predicted = labels(seed, n, k)
        return metrics.fbeta_score(truth, predicted, beta=2.0, labels=range(k), average=average, zero_division=0), None
    return value


def plain(data, f):
    return lambda seed, n, k: (f(*data(seed, n, k)), None)


def top_two(truth, rows):
    if len(rows[0]) == 2:
        return 1.0
    return metrics.top_k_accuracy_score(truth, distinct(rows), k=2, labels=range(len(rows[0])))


def ovr(average):
    def value(truth, rows):
        if len(rows[0]) == 2:
            hot = np.column_stack([1 - np.array(truth), truth])
            return metrics.roc_auc_score(hot, np.array(rows), average=average)
        return metrics.roc_auc_score(truth, rows, multi_class="ovr", average=average)
    return plain(distributions, value)


def tweedie(power):
    def value(truth, predicted):
        return metrics.mean_tweedie_deviance(truth, [abs(p) + 1 / 64 for p in predicted], power=power)
    return real(value)


def hinge(truth, rows):
    if len(rows[0]) == 2:
        return metrics.hinge_loss(truth, [row[1] - row[0] for row in rows])
    return metrics.hinge_loss(truth, np.array(rows), labels=range(len(rows[0])))


two = lambda f: plain(lambda seed, n, _: scored(seed, n), f)
many = lambda f: plain(labels, f)
real = lambda f: plain(lambda seed, n, _: numbers(seed, n), f)
METRICS = [
    ("balanced_accuracy", many(metrics.balanced_accuracy_score)),
    ("f_beta macro", fbeta("macro")),
    ("f_beta weighted", fbeta("weighted")),
    ("matthews", many(metrics.matthews_corrcoef)),
    ("kappa", kappa),
    ("top_k", plain(distributions, top_two)),
    ("log_loss", plain(distributions, lambda y, p: metrics.log_loss(y, p, labels=range(len(p[0]))))),
    ("brier", two(metrics.brier_score_loss)),
    ("auc", auc),
    ("average_precision", two(metrics.average_precision_score)),
    ("calibration error", ece),
    ("rmse", real(metrics.root_mean_squared_error)),
    ("mape", real(metrics.mean_absolute_percentage_error)),
    ("explained variance", real(metrics.explained_variance_score)),
    ("pinball 0.75", real(lambda y, p: metrics.mean_pinball_loss(y, p, alpha=0.75))),
    ("r squared", real(metrics.r2_score)),
    ("nmi", many(metrics.normalized_mutual_info_score)),
    ("ami", many(metrics.adjusted_mutual_info_score)),
    ("ari", many(metrics.adjusted_rand_score)),
    ("auc against rest macro", ovr("macro")),
    ("auc against rest weighted", ovr("weighted")),
    ("auc against rest micro", ovr("micro")),
    ("hinge", plain(distributions, hinge)),
    ("tweedie 1", tweedie(1)),
    ("tweedie 1.5", tweedie(1.5)),
    ("tweedie 2", tweedie(2)),
    ("tweedie 3", tweedie(3)),
]


def distinct(rows):
    """A hair more for earlier classes: of equal scores, the first count."""
    return [[p - i * 2.0**-30 for i, p in enumerate(row)] for row in rows]


def bits(x):
    return f"0x{struct.unpack('<Q', struct.pack('<d', x))[0]:016x}"


def main():
    digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    lines = [f"# generated by tests/golden/metrics.py, SHA-256 {digest}",
             "# x0 metric (its place in METRICS), x1 seed, x2 samples, x3 classes or bins",
             "class,x0,x1,x2,x3,y,max_ulp,src,comment"]
    for m, (name, metric) in enumerate(METRICS):
        for seed, n, k in [(1, 12, 3), (2, 30, 2), (3, 100, 5), (4, 100, 4), (5, 60, 10)]:
            value, exact = metric(seed, n, k)
            value = float(value)
            if exact is not None and abs(value - exact) > 1e-14:
                sys.exit(f"{name} of seed {seed}: scikit-learn {value!r}, exactly {float(exact)!r}")
            y = value if exact is None else float(exact)
            ulps = 2 if exact is not None else 4096  # 9e-13
            inputs = ",".join(bits(float(x)) for x in (m, seed, n, k))
            lines.append(f"random,{inputs},{bits(y)},{ulps},{1 if exact is None else 2},{name} = {y:.17g}")
    Path(__file__).with_name("metrics.csv").write_text("\n".join(lines) + "\n")


main()
