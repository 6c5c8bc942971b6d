"""Points and 60-digit values of the families, one a line: run `python families.py gamma student poisson binomial`.

pip install mpmath==1.3.0 python-flint==0.9.0 gmpy2
"""
import math, sys, time, struct
from mpmath import mp, mpf
import mpmath
from flint import arb, ctx
mp.dps = 60
INF = math.inf
def tompf(a):
    m, e = a.mid().man_exp(); return mp.ldexp(mpf(int(m)), int(e))
def toarb(x):
    if isinstance(x, arb): return x
    s, m, e, _ = mpf(x)._mpf_
    r = arb(int(m)) * arb(2) ** int(e); return -r if s else r
def good(v):
    return v.is_finite() and v.rel_accuracy_bits() > 130
def pair(low, up):
    p = 256
    while p < 60000:
        ctx.prec = p
        l, u = low(), up()
        if good(l) and l < arb('1e-500'): return tompf(l), mpf(1)
        if good(u) and u < arb('1e-500'): return mpf(1), tompf(u)
        if not good(l) and good(u): l = 1 - u
        if not good(u) and good(l): u = 1 - l
        if good(l) and good(u): return tompf(l), tompf(u)
        p *= 2
    raise ValueError("precision")
def Pg(a, x):
    if x <= 0: return mpf(0), mpf(1)
    if a >= 100 and x <= a + 60*mp.sqrt(a):
        import gmpy2
        with gmpy2.context(gmpy2.get_context(), precision=1600):
            aa, xx = gmpy2.mpfr(mp.nstr(a, 65)), gmpy2.mpfr(mp.nstr(x, 65))
            s = t = gmpy2.mpfr(1); n = aa; eps = gmpy2.mpfr(2)**-1500
            while t > s*eps:
                n += 1; t = t*xx/n; s += t
            S = str(s)
        with mp.workdps(470):
            aa, xx = mpf(float(a)) if a == float(a) else a, x
            P = mp.exp(a*mp.log(x) - x - mp.loggamma(a+1))*mpf(S)
            return +P, 1-P
    A, X = toarb(a), toarb(x)
    return pair(lambda: X.gamma_lower(A, regularized=1), lambda: X.gamma_upper(A, regularized=1))
def Ib(a, b, x):  # x: arb thunk at current precision
    A, B = toarb(a), toarb(b)
    return pair(lambda: x().beta_lower(A, B, regularized=1), lambda: (1 - x()).beta_lower(B, A, regularized=1))
ln, lg = mp.log, mp.loggamma
def lnbeta(a, b): return lg(a) + lg(b) - lg(a + b)
def xl(a, b): return mpf(0) if a == 0 else a * ln(b)
def xl1(a, b): return mpf(0) if a == 0 else a * mp.log1p(b)

class F: pass
fam = {}
def f(name):
    def g(h): fam[name] = h; return h
    return g
@f("normal")
def _(m, s, x):
    z = (x - m) / s
    return -z*z/2 - ln(s) - ln(2*mp.pi)/2, mp.erfc(-z/mp.sqrt(2))/2, mp.erfc(z/mp.sqrt(2))/2
@f("gamma")
def _(a, r, x):
    P, Q = Pg(a, mpf(x)*r)
    return (xl(a-1, x*r) - x*r - lg(a) + ln(r)) if x > 0 else (mpf(-INF) if a > 1 else (ln(r) if a == 1 else mpf(INF))), P, Q
@f("chi2")
def _(k, x):
    l, P, Q = fam["gamma"](k/2, mpf(1)/2, x); return l, P, Q
@f("beta")
def _(a, b, x):
    P, Q = Ib(a, b, lambda: toarb(x))
    return xl(a-1, x) + xl1(b-1, -x) - lnbeta(a, b), P, Q
@f("student")
def _(n, x):
    X, N = toarb(x), toarb(n)
    # tail = I_{n/(n+x^2)}(n/2, 1/2) / 2
    t, u = Ib(n/2, mpf(1)/2, lambda: N/(N+X*X))
    t = t/2; b = mpf(1)/2 + u/2
    l = -(n+1)/2*mp.log1p(x*x/n) - ln(n)/2 - lnbeta(n/2, mpf(1)/2)
    return (l, b, t) if x > 0 else (l, t, b)
@f("f")
def _(d, e, x):
    X, D, E = toarb(x), toarb(d), toarb(e)
    P, Q = Ib(d/2, e/2, lambda: D*X/(D*X+E)) if x > 0 else (mpf(0), mpf(1))
    return d/2*ln(d/e) + xl(d/2-1, x) - (d+e)/2*mp.log1p(d*x/e) - lnbeta(d/2, e/2), P, Q
@f("binomial")
def _(n, p, k):
    l = lg(n+1)-lg(k+1)-lg(n-k+1) + xl(k, p) + xl1(n-k, -p)
    if k >= n: return l, mpf(1), mpf(0)
    Q, P = Ib(k+1, n-k, lambda: toarb(p)); return l, P, Q
@f("poisson")
def _(r, k):
    P, Q = Pg(k+1, r); return xl(k, r) - r - lg(k+1), Q, P
@f("negbin")
def _(r, p, k):
    P, Q = Ib(r, k+1, lambda: toarb(p))
    return lg(r+k)-lg(k+1)-lg(r) + r*ln(p) + xl1(k, -p), P, Q
@f("geometric")
def _(p, k):
    q = mp.exp(k*mp.log1p(-p)); return ln(p) + (k-1)*mp.log1p(-p), -mp.expm1(k*mp.log1p(-p)), q
@f("hypergeom")
def _(N, K, n, k):
    def lc(a, b): return lg(a+1)-lg(b+1)-lg(a-b+1)
    l = lc(K, k)+lc(N-K, n-k)-lc(N, n); p = mp.exp(l)
    lo, hi = max(0, n+K-N), min(n, K)
    up, t, j = mpf(0), p, k
    while j < hi:
        t *= (K-j)*(n-j)/((j+1)*(N-K-n+j+1)); j += 1; up += t
        if t < up*mpf(10)**-55: break
    dn, t, j = p, p, k
    while j > lo:
        t *= j*(N-K-n+j)/((K-j+1)*(n-j+1)); j -= 1; dn += t
        if t < dn*mpf(10)**-55: break
    return l, dn, up
@f("weibull")
def _(k, s, x):
    z = mp.power(x/s, k); return ln(k/s) + xl(k-1, x/s) - z, -mp.expm1(-z), mp.exp(-z)
@f("cauchy")
def _(m, g, x):
    z = (x-m)/g
    c = lambda z: mp.atan2(1, -z)/mp.pi
    return -ln(mp.pi*g*(1+z*z)), c(z), c(-z)
@f("laplace")
def _(m, b, x):
    z = (x-m)/b; t = mp.exp(-abs(z))/2
    return -abs(z)-ln(2*b), (t if z < 0 else 1-t), (1-t if z < 0 else t)
@f("logistic")
def _(m, s, x):
    z = (x-m)/s; return -z - ln(s) - 2*mp.log1p(mp.exp(-z)), 1/(1+mp.exp(-z)), 1/(1+mp.exp(z))
@f("gumbel")
def _(m, b, x):
    z = (x-m)/b; return -z - mp.exp(-z) - ln(b), mp.exp(-mp.exp(-z)), -mp.expm1(-mp.exp(-z))
@f("pareto")
def _(s, a, x):
    l = a*ln(s/x); return ln(a/x) + l, -mp.expm1(l), mp.exp(l)
@f("lognormal")
def _(m, s, x):
    l, P, Q = fam["normal"](m, s, ln(x)); return l - ln(x), P, Q
@f("vonmises")
def _(k, x):
    # in pieces as short as the bell is wide, and away from the mode as the tail falls: quad sees no bell between its points
    def beyond(a):
        w = min(mpf(1), 1/mp.sqrt(k), 8/(k*mp.sin(a) + mpf(10)**-30))
        pts = [a]
        # what is below e^-300 of the first value does not count
        while pts[-1] < mp.pi and k*(mp.cos(a)-mp.cos(pts[-1])) < 300: pts.append(min(+mp.pi, pts[-1] + w))
        # in units of its first value: quad stops at an absolute error
        return mp.quad(lambda t: mp.exp(k*(mp.cos(t)-mp.cos(a))), pts)*mp.exp(k*(mp.cos(a)-1))
    tot = 2*beyond(mpf(0)); tail = beyond(abs(x))/tot
    P, Q = (tail, 1 - tail) if x < 0 else (1 - tail, tail)
    return k*(mp.cos(x)-1) - ln(tot), P, Q
DISCRETE = {"binomial", "poisson", "negbin", "geometric", "hypergeom"}

pts = []
def add(name, par, xs, lo=-INF, hi=INF):
    for x in xs:
        x = float(x)
        if lo <= x <= hi: pts.append((name, tuple(float(p) for p in par), x))
Z = [-38, -37, -20, -8, -3, -1, 0, .5, 2, 6, 9, 37]
for m, s in [(0, 1), (3, 2), (-1e8, 1e-3), (1e8, 1e8), (0, 1e-8)]: add("normal", (m, s), [m+z*s for z in Z])
S = [1e-300, 1e-100, 1e-10, .01, 1, 10, 100, 650]
for a, r in [(1e-8, 1), (1e-3, 1), (.18, .18), (.5, 1e8), (1, 1e-8)]: add("gamma", (a, r), [x/r for x in S])
for a, r in [(2.5, 1), (10, 1e-8), (100, 1), (1e4, 1), (1e6, 1e8), (1e8, 1)]:
    s = a**.5; add("gamma", (a, r), [x/r for x in [a*1e-3, a-8*s, a-3*s, a, a+3*s, a+8*s, a+36*s]], 1e-320)
for k in [1e-8, 1, 2]: add("chi2", (k,), S+[0.0] if k >= 2 else S)
for k in [5, 30, 1e3, 1e6, 1e8]:
    s = (2*k)**.5; add("chi2", (k,), [k*1e-3, k-8*s, k-3*s, k, k+3*s, k+8*s, k+36*s], 1e-320)
B = [1e-300, 1e-10, .1, .5, .9, 1-1e-10]
for a, b in [(1e-8, 1e-8), (1e-3, 1), (.5, .5), (1, 1), (2, 5), (.1, 100)]: add("beta", (a, b), B)
for a, b in [(100, 100), (1e4, 1e4), (1e8, 1e8), (3, 1e6), (1e8, 1), (1e8, 1e3)]:
    m = a/(a+b); s = (m*(1-m)/(a+b+1))**.5; add("beta", (a, b), [m-36*s, m-8*s, m-s, m, m+s, m+8*s], 1e-300, 1-1e-16)
T = [-1e100, -1e10, -40, -3, -1e-8, 0.0, .5, 2, 10, 1e6]
for n in [1e-8, .1, 1, 4.5, 30, 1e4, 1e8]: add("student", (n,), T)
FX = [1e-300, 1e-10, .1, 1, 3, 1e3, 1e20]
for d, e in [(1e-8, 1), (1, 1e-3), (1, 1), (2.5, 7), (5, 1e8), (1e4, 1e4), (1e8, 1e8), (.5, 1e5)]: add("f", (d, e), FX)
def ks(m, s, hi=1e18): return sorted({float(round(max(0, min(hi, m+z*s)))) for z in [-36, -8, -3, -1, 0, .7, 3, 8, 20, 36]})
for n, p in [(1, .3), (10, 1e-8), (20, .5), (100, .99), (1000, 1e-3), (1e5, .3), (1e8, 1e-8), (1e8, .5), (1e8, 1-1e-6), (500, 1-1e-8)]:
    add("binomial", (n, p), sorted(set(ks(n*p, (n*p*(1-p))**.5, n)) | {0., float(n)}))
for r in [1e-8, .1, 1, 9.5, 100, 1e4, 1e6, 1e8]: add("poisson", (r,), sorted(set(ks(r, r**.5)) | ({0., 1., 5., 20., 100.} if r < 200 else set())))
for r, p in [(1e-8, .5), (.5, 1e-8), (1, .3), (3, .999999), (10, .1), (1e3, .5), (1e8, .5), (1e5, 1e-3), (2.5, 1e-3)]:
    m = r*(1-p)/p; add("negbin", (r, p), sorted(set(ks(m, (m/p)**.5)) | {0., 1., 5.}))
for p in [1e-8, 1e-3, .1, .5, .9, 1-1e-8]: add("geometric", (p,), [k for k in [1, 2, 3, 10, 36, 100, 1000, 1e5, 1e8, 1e10] if k*-math.log1p(-p) < 700])
for N, K, n in [(10, 4, 3), (50, 5, 45), (1000, 500, 100), (1e5, 10, 5e4), (1e6, 3e5, 1000), (1e8, 5e7, 1e4), (1e8, 100, 5e7)]:
    m = n*K/N; s = (m*(1-K/N)*(N-n)/(N-1))**.5
    add("hypergeom", (N, K, n), [k for k in ks(m, s) if max(0, n+K-N) <= k <= min(n, K)])
for k, s in [(1e-2, 1), (.5, 1e8), (1, 1), (2.5, 3), (30, 1e-8), (1e8, 1)]:
    add("weibull", (k, s), [s*y**(1/k) for y in [1e-300, 1e-100, 1e-20, 1e-5, .1, 1, 3, 40, 600] if 1e-300 < s*math.exp(max(-700, min(700, math.log(y)/k))) < 1e300 and abs(math.log(y)/k) < 690])
C = [-1e300, -1e100, -1e16, -1e8, -10, -1, 0, .3, 3, 1e8, 1e16, 1e200]
for m, g in [(0, 1), (3, 2), (-5, 1e-8), (1, 1e8), (0, 1e-3)]: add("cauchy", (m, g), [m+z*g for z in C])
L = [-690, -300, -40, -8, -1, -1e-8, 0, .3, 3, 38, 300, 690]
for m, g in [(0, 1), (3, 2), (-5, 1e-3), (1, 1e8), (0, 1e-8)]:
    add("laplace", (m, g), [m+z*g for z in L]); add("logistic", (m, g), [m+z*g for z in L])
    add("gumbel", (m, g), [m+z*g for z in [-6.5, -5, -3, -1, 0, .5, 3, 20, 38, 100, 300, 690]])
for s, a in [(1, 1), (2, 3.5), (1e-8, .1), (1e8, 1e-3), (1, 1e4), (1, 1e8)]:
    add("pareto", (s, a), [s*math.exp(y/a) for y in [0, 1e-12, 1e-6, .1, 1, 3, 20, 40, 300, 600] if abs(y/a) < 600])
for m, s in [(0, 1), (3, .25), (-2, 10), (100, 1e-3), (0, 1e-8)]:
    add("lognormal", (m, s), [math.exp(m+z*s) for z in Z if abs(m+z*s) < 690])
for k in [1e-8, .5, 2, 50, 1e4, 1e8]:
    w = min(3.1, 36/k**.5) if k > 1 else 3.1
    add("vonmises", (k,), [-w, -w*.6, -w*.2, -w*.05, 0, w*.01, w*.1, w*.4, w*.8, w])

def fl(v):
    if v == 0: return "0.0"
    return repr(float(v)) if abs(v) > mpf(10)**-307 or v == 0 else ("0.0" if abs(v) < mpf(10)**-330 else repr(float(mp.nstr(v, 25))))
def lns(P, Q): return ln(P) if P < .5 else mp.log1p(-Q)
only = sys.argv[1:]
out = sys.stdout
t0 = time.time(); skipped = 0
for i, (name, par, x) in enumerate(pts):
    if only and name not in only: continue
    t1 = time.time()
    P_ = [mpf(p) for p in par]
    try:
        l, P, Q = fam[name](*P_, mpf(x))
        d = mp.exp(l) if l > -1e6 else mpf(0)
        p = q = ""
        if name in DISCRETE:
            pm = P - d/2
            pf = float(pm) if pm > mpf(10)**-300 else 0.0
            if pf > 0 and P - d < mpf(pf) < P: p, q = repr(pf), repr(x)
        elif mpf(10)**-300 < P and Q > mpf(10)**-10 and d > 0:
            pf = float(P); y = mpf(x); c = P; dd = d
            for _ in range(2):
                y = y - (c - mpf(pf))/dd
                l2, c, Q2 = fam[name](*P_, y); dd = mp.exp(l2)
            p, q = repr(pf), repr(float(y))
        inf_l = mp.isinf(l)
        row = [name] + [repr(v) for v in par] + [""]*(3-len(par)) + [repr(x)] + [("inf" if l > 0 else "-inf") if inf_l else repr(float(l)), fl(d) if not inf_l else ("inf" if l > 0 else "0.0"), fl(P), fl(Q), repr(float(lns(P, Q))) if P > 0 else "-inf", repr(float(lns(Q, P))) if Q > 0 else "-inf", p, q]
        print("\t".join(row), flush=True)
    except Exception as ex:
        skipped += 1; print("SKIP", name, par, x, repr(ex)[:80], file=sys.stderr)
    if time.time()-t1 > 3: print("slow", name, par, x, time.time()-t1, file=sys.stderr)
print(len(pts), "points", skipped, "skipped", time.time()-t0, file=sys.stderr)
