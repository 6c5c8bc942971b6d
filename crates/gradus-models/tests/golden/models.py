"""Golden values of the models on embedded data sets: run `python models.py` beside the table.

pip install scikit-learn==1.9.1 statsmodels mpmath

Values of models with a closed form (linear regression, ridge, naive Bayes, neighbors) come from exact or 50-digit
arithmetic and are confirmed by scikit-learn or statsmodels. Lasso and elastic net come from the 50-digit solution on the
features that scikit-learn keeps, and their optimality conditions are checked. Logistic and softmax regression come from
Newton's method in extended precision, and scikit-learn confirms them to the digits that it finds. Disagreement aborts.
Columns are the bits of the numbers in hexadecimal: model, data set, parameter, index, value; the last one is decimal.
"""

import hashlib
import struct
import sys
import warnings
from pathlib import Path

import mpmath as mp
import numpy as np
import statsmodels.api as sm
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_iris, load_wine
from sklearn.linear_model import ElasticNet, LinearRegression, LogisticRegression, Perceptron, Ridge
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
mp.mp.dps = 50

ROUNDED = 2**20  # 2e-10: closed forms, times the condition of the data
ITERATED = 2**26  # 1.5e-8: where an iteration stops, or a duality gap is squared

rows = []


def bits(x):
    return f"0x{struct.unpack('<Q', struct.pack('<d', float(x)))[0]:016x}"


def emit(kind, parameter, values, confirmed, tolerance, max_ulp):
    """Values, one a row, if the other source agrees within a relative tolerance."""
    values = [float(v) for v in np.ravel(values)]
    confirmed = [float(v) for v in np.ravel(confirmed)]
    assert len(values) == len(confirmed)
    scale = max(abs(v) for v in values)
    for index, (v, c) in enumerate(zip(values, confirmed)):
        if not abs(v - c) <= tolerance * max(abs(v), 1e-3 * scale):
            sys.exit(f"model {kind}, parameter {parameter}, {index}: {v} and {c}")
        rows.append(["body", bits(kind), bits(parameter), bits(index), bits(v), max_ulp, 2, repr(v)])


def exact(x):
    return mp.matrix([[mp.mpf(float(v)) for v in row] for row in x])


def least_squares(x, y, penalty=0, weights=None):
    """Intercept and weights, and the inverse of the normal matrix, in 50 digits; the intercept is free."""
    n, p = x.shape
    a = exact(np.column_stack([np.ones(n), x]))
    b = exact(y.reshape(-1, 1))
    w = [mp.mpf(1)] * n if weights is None else [mp.mpf(float(v)) for v in weights]
    aw = mp.matrix([[a[i, j] * w[i] for i in range(n)] for j in range(p + 1)])
    normal = aw * a
    for j in range(1, p + 1):
        normal[j, j] += mp.mpf(penalty)
    inverse = normal ** -1
    beta = inverse * (aw * b)
    residual = a * beta - b
    rss = mp.fsum(w[i] * residual[i] ** 2 for i in range(n))
    return beta, inverse, rss


def regression():
    x, y = load_diabetes(return_X_y=True, scaled=False)
    n, p = x.shape
    for parameter, weights in [(0, None), (1, 1.0 + np.arange(n) % 3)]:
        beta, inverse, rss = least_squares(x, y, weights=weights)
        errors = [mp.sqrt(inverse[j, j] * rss / (n - p - 1)) for j in range(p + 1)]
        ones = np.column_stack([np.ones(n), x])
        fit = sm.OLS(y, ones).fit() if weights is None else sm.WLS(y, ones, weights).fit()
        emit(0, parameter, list(beta), fit.params, 1e-8, ROUNDED)
        emit(1, parameter, errors, fit.bse, 1e-8, ROUNDED)
        half = mp.mpf(1) / 2
        nu = mp.mpf(n - p - 1)
        p_values = [mp.betainc(nu / 2, half, 0, nu / (nu + (beta[j] / errors[j]) ** 2), regularized=True)
                    for j in range(p + 1)]
        emit(2, parameter, p_values, fit.pvalues, 1e-6, ROUNDED * 16)
        if weights is None:
            emit(3, 0, [fit.rsquared, fit.rsquared_adj], [LinearRegression().fit(x, y).score(x, y), fit.rsquared_adj],
                 1e-10, ROUNDED)
            low, high = fit.conf_int(0.05)[2]
            emit(3, 1, [low, high], [low, high], 1e-10, ITERATED)
    for penalty in [0.1, 10.0, 1000.0]:
        beta, _, _ = least_squares(x, y, penalty)
        fit = Ridge(alpha=penalty, solver="svd").fit(x, y)
        emit(4, penalty, list(beta), [fit.intercept_, *fit.coef_], 1e-8, ROUNDED)
    for kind, l1_ratio in [(5, 1.0), (6, 0.5)]:
        for penalty in [0.1, 1.0, 10.0]:
            sparse(kind, x, y, penalty, l1_ratio)
    weights = 1.0 + np.arange(n) % 3
    beta, _, _ = least_squares(x, y, 10.0, weights)
    fit = Ridge(alpha=10.0, solver="cholesky").fit(x, y, sample_weight=weights)
    emit(17, 10.0, list(beta), [fit.intercept_, *fit.coef_], 1e-8, ROUNDED)
    # A sample of weight 2 is the sample twice.
    times = weights.astype(int)
    sparse(18, np.repeat(x, times, axis=0), np.repeat(y, times), 1.0, 0.5)
    fit = ElasticNet(alpha=1.0, l1_ratio=0.5, tol=1e-14, max_iter=1_000_000).fit(x, y, sample_weight=weights)
    assert np.allclose([float(row[-1]) for row in rows[-11:]], [fit.intercept_, *fit.coef_], rtol=1e-6)
    at = x[:20] + 0.25
    for kind, weights in [(13, "uniform"), (14, "distance")]:
        fit = KNeighborsRegressor(7, weights=weights, algorithm="brute").fit(x, y)
        emit(kind, 7, fit.predict(at), neighbors(x, y, at, 7, weights), 1e-9, ROUNDED)


def neighbors(x, y, at, k, weights):
    answers = []
    for q in at:
        d = np.sqrt(((x - q) ** 2).sum(axis=1))
        near = sorted(range(len(y)), key=lambda i: (d[i], i))[:k]
        w = np.ones(k) if weights == "uniform" else 1 / d[near]
        answers.append((w * y[near]).sum() / w.sum())
    return answers


def sparse(kind, x, y, penalty, l1_ratio):
    n, _ = x.shape
    fit = ElasticNet(alpha=penalty, l1_ratio=l1_ratio, tol=1e-14, max_iter=1_000_000).fit(x, y)
    kept = [j for j in range(x.shape[1]) if fit.coef_[j] != 0]
    xc, yc = x - x.mean(axis=0), y - y.mean()
    a = exact(xc[:, kept])
    normal = a.T * a
    for j in range(len(kept)):
        normal[j, j] += n * penalty * (1 - l1_ratio)
    signs = mp.matrix([mp.sign(fit.coef_[j]) for j in kept])
    w = (normal ** -1) * (a.T * exact(yc.reshape(-1, 1)) - n * penalty * l1_ratio * signs)
    assert all(mp.sign(w[j]) == signs[j] for j in range(len(kept)))
    weights = np.zeros(x.shape[1])
    weights[kept] = [float(v) for v in w]
    slopes = xc.T @ (yc - xc @ weights) / n
    for j in range(x.shape[1]):
        if j not in kept:
            assert abs(slopes[j]) <= penalty * l1_ratio
    intercept = y.mean() - x.mean(axis=0) @ weights
    emit(kind, penalty, [intercept, *weights], [fit.intercept_, *fit.coef_], 1e-6, ITERATED)


def standardized(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


def newton(x, y, classes, penalty):
    """The optimum in extended precision: intercepts and weights, classes (or one row) × (1 + features)."""
    x = np.column_stack([np.ones(len(y)), x]).astype(np.longdouble)
    n, d = x.shape
    k = 1 if classes == 2 else classes
    theta = np.zeros((k, d), dtype=np.longdouble)
    for _ in range(100):
        z = x @ theta.T
        if k == 1:
            p = 1 / (1 + np.exp(-z))
            target = y.reshape(-1, 1)
        else:
            e = np.exp(z - z.max(axis=1, keepdims=True))
            p = e / e.sum(axis=1, keepdims=True)
            target = np.eye(k)[y]
        free = np.array([0] + [1] * (d - 1), dtype=np.longdouble)
        gradient = (p - target).T @ x + penalty * theta * free
        hessian = np.zeros((k * d, k * d))
        for a in range(k):
            for b in range(k):
                c = p[:, a] * ((a == b) - p[:, b])
                block = (x * c[:, None]).T @ x
                if a == b:
                    block += penalty * np.diag(free)
                if k > 1:
                    block += np.diag([n / k] + [0 if penalty else n / k] * (d - 1)) / k
                hessian[a * d:(a + 1) * d, b * d:(b + 1) * d] = block
        step = np.linalg.solve(hessian, gradient.astype(float).ravel()).reshape(k, d)
        theta = theta - step
        if np.abs(step).max() < 1e-17 * np.abs(theta).max():
            break
    assert np.abs(gradient).max() < 1e-13 * n, np.abs(gradient).max()
    return theta.astype(float)


def classification():
    cancer, iris, wine = load_breast_cancer(), load_iris(), load_wine()
    x = standardized(cancer.data)
    for penalty in [1.0, 0.01]:
        theta = newton(x, cancer.target, 2, penalty)
        fit = LogisticRegression(C=1 / penalty, tol=1e-12, max_iter=100_000, solver="newton-cholesky").fit(x, cancer.target)
        emit(7, penalty, theta, [fit.intercept_[0], *fit.coef_[0]], 1e-4, ITERATED)
    times = 1 + np.arange(len(x)) % 3
    theta = newton(np.repeat(x, times, axis=0), np.repeat(cancer.target, times), 2, 1.0)
    fit = LogisticRegression(C=1.0, tol=1e-12, max_iter=100_000, solver="newton-cholesky").fit(
        x, cancer.target, sample_weight=times)
    emit(19, 1.0, theta, [fit.intercept_[0], *fit.coef_[0]], 1e-4, ITERATED)
    pair = iris.target > 0
    x, y = iris.data[pair], iris.target[pair] - 1
    theta = newton(x, y, 2, 0.0)
    fit = sm.Logit(y, np.column_stack([np.ones(len(y)), x])).fit(disp=0, maxiter=100, tol=1e-14)
    emit(7, 0.0, theta, fit.params, 1e-6, ITERATED)
    for penalty in [1.0, 0.01]:
        theta = newton(iris.data, iris.target, 3, penalty)
        theta[:, 0] -= theta[:, 0].mean()
        fit = LogisticRegression(C=1 / penalty, tol=1e-10, max_iter=100_000).fit(iris.data, iris.target)
        intercepts = fit.intercept_ - fit.intercept_.mean()
        emit(8, penalty, theta, np.column_stack([intercepts, fit.coef_]), 1e-2, ITERATED)
    setosa = (iris.target == 0).astype(int)
    order = [i * 7 % 150 for i in range(150)]
    fit = Perceptron(max_iter=50, tol=None, shuffle=False).fit(iris.data[order], setosa[order])
    w, b = np.zeros(4), 0.0
    for _ in range(50):
        for i in order:
            s = 2 * setosa[i] - 1
            if s * (iris.data[i] @ w + b) <= 0:
                w, b = w + s * iris.data[i], b + s
    emit(9, 50, [b, *w], [fit.intercept_[0], *fit.coef_[0]], 1e-12, ROUNDED)
    fit = GaussianNB().fit(wine.data, wine.target)
    emit(10, 0, fit.predict_log_proba(wine.data[::20]), gaussian(wine.data, wine.target, wine.data[::20]), 1e-8, ITERATED)
    # Without smoothing: that of scikit-learn does not look at the weights.
    times = 1 + np.arange(len(wine.data)) % 3
    fit = GaussianNB(var_smoothing=0.0).fit(wine.data, wine.target, sample_weight=times)
    again = np.repeat(wine.data, times, axis=0), np.repeat(wine.target, times)
    emit(20, 0, fit.predict_log_proba(wine.data[::20]), gaussian(*again, wine.data[::20], 0.0), 1e-8, ITERATED)
    digits = load_digits()
    ink = (digits.data > 7).astype(float)
    fit = BernoulliNB(alpha=0.5, binarize=None).fit(ink, digits.target)
    emit(11, 0.5, fit.predict_log_proba(ink[:5]), counted(ink, digits.target, ink[:5], 0.5, True), 1e-10, ROUNDED * 16)
    fit = MultinomialNB(alpha=1.0).fit(digits.data, digits.target)
    emit(12, 1.0, fit.predict_log_proba(digits.data[:5]), counted(digits.data, digits.target, digits.data[:5], 1.0, False),
         1e-10, ROUNDED * 16)
    fit = KNeighborsClassifier(5, algorithm="brute").fit(wine.data, wine.target)
    at = wine.data[::9] * 1.01
    votes = []
    for q in at:
        d = ((wine.data - q) ** 2).sum(axis=1)
        near = sorted(range(len(d)), key=lambda i: (d[i], i))[:5]
        votes.append(int(np.bincount(wine.target[near]).argmax()))
    emit(15, 5, fit.predict(at), votes, 0, 0)
    # Scaled, projected on two components, logistic: probabilities.
    x = standardized(cancer.data)
    _, _, vt = np.linalg.svd(x, full_matrices=False)
    z = x @ vt[:2].T
    theta = newton(z, cancer.target, 2, 1.0)[0]
    p = 1 / (1 + np.exp(-(theta[0] + z @ theta[1:])))
    fit = LogisticRegression(C=1.0, tol=1e-12, solver="newton-cholesky").fit(z, cancer.target)
    emit(16, 2, p[:30], fit.predict_proba(z)[:30, 1], 1e-6, ITERATED)
    # Weights through a pipeline: the scaler does not see them, the model does.
    times = 1 + np.arange(len(x)) % 3
    theta = newton(np.repeat(x, times, axis=0), np.repeat(cancer.target, times), 2, 1.0)[0]
    p = 1 / (1 + np.exp(-(theta[0] + x @ theta[1:])))
    fit = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, tol=1e-12, max_iter=100_000, solver="newton-cholesky"))
    fit.fit(cancer.data, cancer.target, logisticregression__sample_weight=times)
    emit(21, 1.0, p[:30], fit.predict_proba(cancer.data)[:30, 1], 1e-6, ITERATED)


def gaussian(x, y, at, smoothing=1e-9):
    rows = []
    epsilon = mp.mpf(smoothing) * max(variance(x[:, j]) for j in range(x.shape[1]))
    stats = [[(mean(x[y == k, j]), variance(x[y == k, j]) + epsilon) for j in range(x.shape[1])] for k in range(3)]
    for q in at:
        joint = [mp.log(mp.mpf(int((y == k).sum())) / len(y))
                 - mp.fsum(mp.log(2 * mp.pi * v) + (mp.mpf(float(q[j])) - m) ** 2 / v for j, (m, v) in enumerate(stats[k])) / 2
                 for k in range(3)]
        total = mp.log(mp.fsum(mp.exp(j) for j in joint))
        rows.append([float(j - total) for j in joint])
    return rows


def mean(x):
    return mp.fsum(mp.mpf(float(v)) for v in x) / len(x)


def variance(x):
    m = mean(x)
    return mp.fsum((mp.mpf(float(v)) - m) ** 2 for v in x) / len(x)


def counted(x, y, at, alpha, absent):
    rows = []
    joint = []
    for k in range(10):
        counts, n = x[y == k].sum(axis=0), (y == k).sum()
        if absent:
            q = [(mp.mpf(float(c)) + alpha) / (mp.mpf(int(n)) + 2 * alpha) for c in counts]
        else:
            q = [(mp.mpf(float(c)) + alpha) / (mp.mpf(float(counts.sum())) + alpha * len(counts)) for c in counts]
        prior = mp.log(mp.mpf(int(n)) / len(y))
        joint.append([prior + mp.fsum(mp.mpf(float(v)) * mp.log(p) + ((1 - mp.mpf(float(v))) * mp.log(1 - p) if absent else 0)
                                      for v, p in zip(row, q)) for row in at])
    for i in range(len(at)):
        total = mp.log(mp.fsum(mp.exp(joint[k][i]) for k in range(10)))
        rows.append([float(joint[k][i] - total) for k in range(10)])
    return rows


regression()
classification()
script = Path(__file__)
digest = hashlib.sha256(script.read_bytes()).hexdigest()
head = [f"# generated by tests/golden/{script.name}, SHA-256 {digest}", "class,x0,x1,x2,y,max_ulp,src,decimal"]
body = [",".join(map(str, row)) for row in rows]
script.with_suffix(".csv").write_text("\n".join(head + body) + "\n")
print(len(rows), "rows")
