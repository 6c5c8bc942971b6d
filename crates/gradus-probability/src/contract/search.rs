//! The search for a quantile, among whole numbers and among doubles.

/// The smallest k for which `tails` reach p, for a law on $`0, \dots,`$ `last`, by galloping from a guess; none if `last` does not.
///
/// The guess is a continuous approximation of the quantile, mostly off by at most one: two or three steps.
pub(crate) fn least_reaching(
    (p, q): (f64, f64),
    guess: f64,
    last: u64,
    tails: impl Fn(u64) -> (f64, f64),
) -> Option<u64> {
    let reached = |k| {
        let (below, above) = tails(k);
        if p <= q { below >= p } else { above <= q }
    };
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates at both ends, and NaN gives 0"
    )]
    let start = (guess.round() as u64).min(last);
    let mut stride = 1;
    let (mut low, mut high) = if reached(start) {
        let mut high = start;
        loop {
            if high == 0 {
                return Some(0);
            }
            let next = high.saturating_sub(stride);
            if !reached(next) {
                break (next, high);
            }
            (high, stride) = (next, stride.saturating_mul(2));
        }
    } else {
        let mut low = start;
        loop {
            if low == last {
                return None;
            }
            let next = low.saturating_add(stride).min(last);
            if reached(next) {
                break (low, next);
            }
            (low, stride) = (next, stride.saturating_mul(2));
        }
    };
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if reached(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// The smallest double from `low` to `high` at which something is reached that stays so; `high` if nowhere below.
///
/// By the order of the doubles: at most 64 steps from any end to any other, infinite ones too.
pub(crate) fn bisected(mut low: f64, mut high: f64, reached: impl Fn(f64) -> bool) -> f64 {
    while place(low) + 1 < place(high) {
        let middle = at(place(low).midpoint(place(high)));
        if reached(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    if reached(low) { low } else { high }
}

/// Where a rising function crosses 0 between `low` and `high`, by Newton's method from a guess; `f` gives value and slope.
///
/// As safe as [`bisected`]: every third step halves the numbers that are left, so values and slopes may be infinite.
pub(crate) fn crossed(
    mut low: f64,
    mut high: f64,
    guess: f64,
    f: impl Fn(f64) -> (f64, f64),
) -> f64 {
    let middle = |low, high| at(place(low).midpoint(place(high)));
    let mut x = if guess.is_nan() {
        middle(low, high)
    } else {
        guess.clamp(low, high)
    };
    let mut steps = 0;
    while place(low) + 1 < place(high) {
        let (value, slope) = f(x);
        let next = x - value / slope;
        if value == 0.0 {
            return x;
        }
        if slope.is_finite() && (next - x).abs() <= f64::EPSILON * x.abs() {
            return next.clamp(low, high);
        }
        if value < 0.0 {
            low = x;
        } else {
            high = x;
        }
        steps += 1;
        x = if steps % 3 != 0 && low < next && next < high {
            next
        } else {
            middle(low, high)
        };
    }
    high
}

/// Where a number stands in the order of the doubles, from $`-\infty`$ to $`\infty`$; both zeros stand at 0.
fn place(x: f64) -> i64 {
    let bits = x.to_bits().cast_signed();
    if bits < 0 { i64::MIN - bits } else { bits }
}

/// The number at a place.
fn at(place: i64) -> f64 {
    let size = f64::from_bits(place.unsigned_abs());
    if place < 0 { -size } else { size }
}
