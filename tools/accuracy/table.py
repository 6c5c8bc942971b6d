"""Writes docs/accuracy.md: the greatest error of every function, here and elsewhere, in units in the last place.

usage: table.py MEASURE PAGE [--sweep]; with --sweep all single-precision numbers, otherwise all the rest

MEASURE evaluates the functions (the example `measure` of gradus-numeric); the truth is mpmath at 60 digits, more
where the function is steep, by the formulas of the golden tables' generators. The points are drawn at random, also
around every branch of a function, with those of its golden table; then around the worst ones found, again and
again. The worst of every function go to worst.csv beside the golden tables, whose generators add them.
"""

import math
import struct
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path

import jax

jax.config.update("jax_enable_x64", True)
import mpmath
import numpy as np
import scipy
from mpmath import mp, mpf

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "crates/gradus-numeric/tests/golden"
sys.path.insert(0, str(GOLDEN))

from digest import digest
from rows import ROWS, SCALED, Residual, random_of

WORST_POINTS = 4  # of a function, at most
SWEPT = ["exp", "exp_m1", "tanh", "sigmoid", "log_sigmoid", "softplus"]
SOURCES = "crates/gradus-numeric/src"
MEASURED = [
    f"{SOURCES}/functions",
    f"{SOURCES}/scalars",
    *(f"{SOURCES}/sums/{name}.rs" for name in ("log_sum_exp", "moments", "norm", "softmax", "sum")),
    "crates/gradus-numeric/examples/measure/main.rs",
    "tools/accuracy/rows.py",
    "tools/accuracy/table.py",
]
SWEPT_CODE = [
    *(f"{SOURCES}/functions/activations/{name}.rs" for name in ("log_sigmoid", "sigmoid", "softplus")),
    *(f"{SOURCES}/scalars/{name}.rs" for name in ("elementary", "single")),
    "crates/gradus-numeric/examples/measure/sweep.rs",
]
np.seterr(all="ignore")


def bits(x):
    return f"{struct.unpack('<Q', struct.pack('<d', x))[0]:016x}"


def number(hexadecimal):
    return struct.unpack("<d", struct.pack("<Q", int(hexadecimal, 16)))[0]


def golden(name, but=""):
    """The arguments in the golden table of a function, if there is one, except of a class."""
    table = GOLDEN / f"{name}.csv"
    if not table.exists():
        return []
    lines = [line.split(",") for line in table.read_text().splitlines() if not line.startswith("#")]
    arity = lines[0].index("y") - 1
    return [tuple(map(number, line[1 : 1 + arity])) for line in lines[1:] if line[0] != but]


def run(measure, task, name, points):
    """The doubles that the command answers; None if it does not know the task."""
    text = "\n".join(" ".join(map(bits, x)) for x in points) + "\n"
    result = subprocess.run([measure, task, name], input=text, capture_output=True, text=True)
    if result.returncode:
        if f"has no {task}" in result.stderr:
            return None
        sys.exit(result.stderr)
    return list(map(number, result.stdout.split()))


def errors(found, points, truth, unit):
    """Distances from the truth, in units; of quantiles, their residuals."""
    if isinstance(unit, Residual):
        return [unit(x, float(y)) for y, x in zip(found, points, strict=True)]
    result = []
    for y, x, exact in zip(found, points, truth, strict=True):
        distance = abs(mpf(float(y)) - exact) if math.isfinite(y) else mp.inf
        scale = unit(x, exact)
        result.append(float(distance / scale) if scale else 0.0 if distance == 0 else math.inf)
    return result


def places(y, exact):
    """Between a double and the double nearest to the truth."""
    ordered = [int(bits(abs(z)), 16) * (-1 if math.copysign(1, z) < 0 else 1) for z in (float(y), float(exact))]
    return abs(ordered[0] - ordered[1])


def nearby(rng, x):
    """A point near another one, as far as chance has it."""
    return tuple(t * (1 + rng.choice((-1, 1)) * 10 ** rng.uniform(-13, -1.5)) for t in x)


def keep(row, points):
    """Those with a value that is neither subnormal nor too great, and their values."""
    tiny, huge = mpf(sys.float_info.min), mpf(sys.float_info.max)
    values = [mpf(row.truth(*map(mpf, x))) for x in points]
    kept = [i for i, y in enumerate(values) if (y == 0 or abs(y) >= tiny) and abs(y) <= huge]
    return [points[i] for i in kept], [values[i] for i in kept]


def measure_row(measure, row):
    """Points, values, what was found here and how far off, with the neighbourhoods of the worst."""
    rng = random_of(row)
    drawn = [x if isinstance(x, tuple) else (x,) for x in row.points(rng)]
    drawn = [x for x in drawn if row.domain(*x)]
    drawn += [x for x in (golden(row.name) if row.golden else []) if row.golden(*x)]
    points, truth = keep(row, drawn)
    found = run(measure, "evaluate", row.name, points)
    wrong = errors(found, points, truth, row.unit)
    for _ in range(row.rounds):
        order = sorted(range(len(points)), key=lambda i: -wrong[i])[: row.worst]
        more = [nearby(rng, points[i]) for i in order for _ in range(row.around)]
        more, exact = keep(row, [x for x in more if row.domain(*x)])
        if more:
            answers = run(measure, "evaluate", row.name, more)
            points, truth, found = points + more, truth + exact, found + answers
            wrong += errors(answers, more, exact, row.unit)
    return points, truth, found, wrong


def peer(f, row, points):
    if f is None:
        return None
    if row.ragged:
        return [float(f(np.array(x))) for x in points]
    columns = [np.array(column) for column in zip(*points, strict=True)]
    return np.asarray(f(*columns), dtype=float)


def shown(error):
    if error is None:
        return "–"
    if math.isinf(error):
        return "not finite"
    if error < 1000:
        return f"{error:.2f}"
    return f"{error:.0e}".replace("e+0", "e").replace("e+", "e")


def measured(measure, row):
    """The line of the page, and the worst points for the golden table."""
    with mp.workdps(60):
        points, truth, found, wrong = measure_row(measure, row)
        others = [run(measure, task, row.name, points) for task in ("textbook", "standard")]
        others += [peer(f, row, points) for f in (row.scipy, row.jax)]
        worst = [None if y is None else max(errors(y, points, truth, row.unit)) for y in others]
        budget = max(places(y, exact) for y, exact in zip(found, truth))
    here = max(wrong)
    missed = row.goal is not None and here > row.goal
    cells = [
        ", ".join((f"`{row.name}`", *([row.kind] if row.kind else []))),
        *([row.measured_in] if row.measured_in else []),
        str(len(points)),
        f"**{shown(here)}**" if missed else shown(here),
        "–" if row.goal is None else f"{row.goal:g}",
        *([] if row.measured_in else [str(budget)]),
        *map(shown, worst),
    ]
    line = "| " + " | ".join(cells) + " |"
    print(line, file=sys.stderr, flush=True)
    order = sorted(range(len(points)), key=lambda i: -wrong[i])
    distinct = list(dict.fromkeys(points[i] for i in order[:100] if wrong[i] > 0))
    return line, distinct[:WORST_POINTS] if row.table and (GOLDEN / f"{row.name}.csv").exists() else []


def worst_points(lists):
    """The first ones of the lists of all rows of a function, in turn, without those in its golden table for another reason."""
    found = []
    for name, of_rows in lists.items():
        known = set(golden(name, but="worst"))
        in_turn = (x for rank in zip_longest(*of_rows) for x in rank if x and x not in known)
        found += [",".join([name, *("0x" + bits(t) for t in x)]) for x in list(dict.fromkeys(in_turn))[:WORST_POINTS]]
    return sorted(found)


def provenance(paths):
    """What a section was measured of: compared by tests/repository/accuracy.rs."""
    return f"<!-- measured: {' '.join(paths)} -->\n<!-- SHA-256 of this code: {digest(ROOT, paths)} -->\n"


def double_precision(measure):
    """The page up to the second section, and the worst points beside the golden tables."""
    lines, worst = [], {}
    for row in ROWS + SCALED:
        line, points = measured(measure, row)
        lines.append(line)
        worst.setdefault(row.name, []).append(points)
    (GOLDEN / "worst.csv").write_text(WORST + "\n".join(worst_points(worst)) + "\n")
    versions = f"mpmath {mpmath.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}, JAX {jax.__version__}"
    plain, scaled = ("\n".join(part) + "\n\n" for part in (lines[: len(ROWS)], lines[len(ROWS) :]))
    return DOUBLE.format(versions=versions, provenance=provenance(MEASURED)) + plain + SCALES + scaled


def single_precision(measure):
    rows = [subprocess.run([measure, "sweep", name], capture_output=True, text=True, check=True).stdout for name in SWEPT]
    return SINGLE.format(provenance=provenance(SWEPT_CODE)) + "".join(rows)


def main():
    measure, page = sys.argv[1], Path(sys.argv[2])
    double, title, single = (page.read_text() if page.exists() else "").partition("## Single precision")
    if "--sweep" in sys.argv:
        page.write_text(double + single_precision(measure))
    else:
        page.write_text(double_precision(measure) + title + single)


WORST = """# generated by tools/accuracy/table.py: where the functions err most, rows of class `worst` in the golden tables
function,x0,x1,x2
"""

DOUBLE = """# Accuracy of gradus-numeric

Written by `tools/accuracy/measure` ({versions}); do not edit.

{provenance}
## Double precision

The greatest error found, in units in the last place (ULP), against 60 digits; results below 2⁻¹⁰²² are left
out. Points are drawn at random, more of them around every branch of a function and around the worst ones found,
with those of its golden table. Found errors are no bounds: a rare point may be worse. "Goal" is what this project
asks for, in bold where it is missed; "budget" is the distance in doubles from the nearest one that was found, and
what every test run holds the function to (`crates/gradus-numeric/tests/golden.rs`); "textbook" is the formula one
would write first, in the same arithmetic; "std" is Rust's standard library.

| function | points | here | goal | budget | textbook | std | SciPy, NumPy | JAX |
|---|---|---|---|---|---|---|---|---|
"""

SCALES = """## By the scale of the problem

Where the problem multiplies the rounding errors of what is given, or the value crosses zero, the error is measured
in what that multiplies them to; ε is 2⁻⁵². `log_sum_exp` to `norm2` are of 1 to 100 numbers. The residual of a
quantile q is that of the distribution function at q, exactly computed, and κ = q f(q) / p its condition; it holds the
error of the distribution function that was solved for p, too.

| function | measured in | points | here | goal | textbook | std | SciPy, NumPy | JAX |
|---|---|---|---|---|---|---|---|---|
"""

SINGLE = """## Single precision, exhaustively

{provenance}
All 2³² numbers. A result is proven to be the nearest single-precision number if the double-precision value,
4 ULP more and 4 ULP less, all round to it; undecided if only some of them do. The greatest error is that from the
double-precision value, in units in the last place of single precision: of the nearest number it is at most ½.

| function | nearest | undecided | wrong | farthest, in places | greatest error |
|---|---|---|---|---|---|
"""

if __name__ == "__main__":
    main()
