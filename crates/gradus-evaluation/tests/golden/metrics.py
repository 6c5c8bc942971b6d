"""Golden values of the metrics of scores, probabilities, numbers and groupings: run `python metrics.py` beside the table.

pip install scikit-learn==1.9.1 mpmath==1.4.1

Values come from scikit-learn; those with an exact formula in whole numbers are confirmed by fractions, weighted ones and D² by their definitions with
50 digits (mpmath). The test also computes them from batches that are merged. A case is a
metric, a seed, a number of samples and a parameter: the data are drawn by the linear congruential generator below,
which the test repeats. Columns are the bits of the numbers in hexadecimal; the last one is decimal, for readers.
"""

import hashlib
import struct
import sys
import warnings
from fractions import Fraction
from pathlib import Path

import mpmath as mp
import numpy as np
from sklearn import metrics

warnings.filterwarnings("ignore")
mp.mp.dps = 50


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


def hinge(truth, rows, **weights):
    if len(rows[0]) == 2:
        return metrics.hinge_loss(truth, [row[1] - row[0] for row in rows], **weights)
    return metrics.hinge_loss(truth, np.array(rows), labels=range(len(rows[0])), **weights)


def weights(seed, n):
    """Quarters from 0 to 1; about every fifth is 0."""
    draws = Draws(seed + 1000)
    return [draws.below(5) / 4 for _ in range(n)]


def mean(terms, w):
    return mp.fsum(mp.mpf(w) * t for t, w in zip(terms, w)) / mp.fsum(w)


def variance(x, w):
    center = mean(map(mp.mpf, x), w)
    return mean([(mp.mpf(x) - center) ** 2 for x in x], w)


def terms_of(loss):
    return lambda y, p, w: mean([loss(mp.mpf(y), mp.mpf(p)) for y, p in zip(y, p)], w)


def deviance(q):
    """By the integral's closed form."""
    q = mp.mpf(q)
    if q == 1:
        return lambda y, p: 2 * ((y * mp.log(y / p) if y else 0) - y + p)
    if q == 2:
        return lambda y, p: 2 * (mp.log(p / y) + y / p - 1)
    return lambda y, p: 2 * (y ** (2 - q) / ((1 - q) * (2 - q)) - y * p ** (1 - q) / (1 - q) + p ** (2 - q) / (2 - q))


def pinball(tau):
    return lambda y, p: max(tau * (y - p), (tau - 1) * (y - p))


def quantile(y, w, tau):
    """The truth with the smallest loss."""
    return min(y, key=lambda c: terms_of(pinball(tau))(y, [c] * len(y), w))


def saved(loss, best):
    """D² beside a constant: `best` of the truth and the weights."""
    return lambda y, p, w: 1 - terms_of(loss)(y, p, w) / terms_of(loss)(y, [best(y, w)] * len(y), w)


def surprises(y, rows, w):
    return mean([-mp.log(row[y]) for y, row in zip(y, rows)], w)


def saved_surprise(y, rows, w):
    shares = [mean([mp.mpf(y == k) for y in y], w) for k in range(len(rows[0]))]
    return 1 - surprises(y, rows, w) / surprises(y, [shares] * len(y), w)


def lack(y, rows, w):
    behind = lambda y, row: mp.mpf(1) + max(s for k, s in enumerate(row) if k != y) - row[y]
    return mean([max(0, behind(y, row)) for y, row in zip(y, rows)], w)


def explained(y, p, w):
    return 1 - variance([p - y for y, p in zip(y, p)], w) / variance(y, w)


def r_squared(y, p, w):
    return 1 - terms_of(lambda y, p: (y - p) ** 2)(y, p, w) / variance(y, w)


def by_definition(data, theirs, ours, weigh):
    """scikit-learn's value with weights or without, and that of the definition."""
    def value(seed, n, k):
        y, p = data(seed, n, k)
        w = weights(seed, n) if weigh else [1.0] * n
        return theirs(y, p, **({"sample_weight": w} if weigh else {})), ours(y, p, w)
    return value


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
positive = lambda seed, n, _: (lambda y, p: (y, [abs(p) + 1 / 64 for p in p]))(*numbers(seed, n))
pairs, shares = (lambda seed, n, _: numbers(seed, n)), (lambda seed, n, _: scored(seed, n))
D2 = [
    ("d2 tweedie 1.5", positive, lambda y, p, **w: metrics.d2_tweedie_score(y, p, power=1.5, **w),
     saved(deviance(1.5), lambda y, w: mean(map(mp.mpf, y), w))),
    ("d2 pinball 0.75", pairs, lambda y, p, **w: metrics.d2_pinball_score(y, p, alpha=0.75, **w),
     saved(pinball(mp.mpf(0.75)), lambda y, w: quantile(y, w, mp.mpf(0.75)))),
    ("d2 absolute error", pairs, metrics.d2_absolute_error_score,
     saved(lambda y, p: abs(y - p), lambda y, w: quantile(y, w, mp.mpf(0.5)))),
    ("d2 log loss", distributions, lambda y, p, **w: metrics.d2_log_loss_score(y, np.array(p), labels=range(len(p[0])), **w),
     saved_surprise),
]
WEIGHTED = [
    ("accuracy", labels, metrics.accuracy_score, terms_of(lambda y, p: mp.mpf(y == p))),
    ("log loss", distributions, lambda y, p, **w: metrics.log_loss(y, p, labels=range(len(p[0])), **w), surprises),
    ("brier", shares, metrics.brier_score_loss, terms_of(lambda y, p: (y - p) ** 2)),
    ("hinge", distributions, lambda y, p, **w: hinge(y, p, **w), lack),
    ("mse", pairs, metrics.mean_squared_error, terms_of(lambda y, p: (y - p) ** 2)),
    ("rmse", pairs, metrics.root_mean_squared_error, lambda *a: mp.sqrt(terms_of(lambda y, p: (y - p) ** 2)(*a))),
    ("mae", pairs, metrics.mean_absolute_error, terms_of(lambda y, p: abs(y - p))),
    ("mape", pairs, metrics.mean_absolute_percentage_error, terms_of(lambda y, p: abs(y - p) / y)),
    ("pinball 0.75", pairs, lambda y, p, **w: metrics.mean_pinball_loss(y, p, alpha=0.75, **w), terms_of(pinball(mp.mpf(0.75)))),
    ("tweedie 1", positive, lambda y, p, **w: metrics.mean_tweedie_deviance(y, p, power=1, **w), terms_of(deviance(1))),
    ("tweedie 1.5", positive, lambda y, p, **w: metrics.mean_tweedie_deviance(y, p, power=1.5, **w), terms_of(deviance(1.5))),
    ("tweedie 2", positive, lambda y, p, **w: metrics.mean_tweedie_deviance(y, p, power=2, **w), terms_of(deviance(2))),
    ("r squared", pairs, metrics.r2_score, r_squared),
    ("explained variance", pairs, metrics.explained_variance_score, explained),
    *D2,
]
METRICS += [(name, by_definition(*how, False)) for name, *how in D2]
METRICS += [(f"weighted {name}", by_definition(*how, True)) for name, *how in WEIGHTED]


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
            tolerance = 1e-12 if isinstance(exact, mp.mpf) else 1e-14  # definitions may cancel in double precision
            if exact is not None and abs(value - exact) > tolerance * max(1, abs(value)):
                sys.exit(f"{name} of seed {seed}: scikit-learn {value!r}, exactly {float(exact)!r}")
            y = value if exact is None else float(exact)
            ulps = 4096 if exact is None else 16 if isinstance(exact, mp.mpf) else 2  # 4096: 9e-13
            inputs = ",".join(bits(float(x)) for x in (m, seed, n, k))
            lines.append(f"random,{inputs},{bits(y)},{ulps},{1 if exact is None else 2},{name} = {y:.17g}")
    Path(__file__).with_name("metrics.csv").write_text("\n".join(lines) + "\n")


main()
