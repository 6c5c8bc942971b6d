//! Similarities of all columns with all others, sixteen columns at a time, and what pulls at them.

use crate::kernel::decay::decay;
use crate::kernel::gathered::Gathered;
use crate::kernel::lanes::{LANES, Lanes};
use crate::kernel::logarithm::ln_1p;
use gradus_numeric::{Float, MatrixRef, norm_infinity, norm2, vectorized};
use std::iter::zip;

/// Directions of columns; those at places $`2 k`$ and $`2 k + 1`$ are partners.
#[derive(Debug)]
pub(crate) struct Views {
    /// Which column stands at a place.
    names: Vec<usize>,
    rows: usize,
    /// The direction $`\hat x`$ at each place, one after the other; zeros for a column of zeros.
    directions: Vec<f64>,
    /// The length of a column as a product of two numbers, which may be longer than a number.
    lengths: Vec<[f64; 2]>,
    temperature: f64,
    /// Whether the candidates are those of the other side only.
    across: bool,
}

/// What softmax over the candidates of each place needs besides their similarities.
#[derive(Debug)]
pub(crate) struct Normalizers {
    /// $`-\ln p`$ of the partner.
    pub(crate) losses: Vec<f64>,
    /// $`\max_k \cos(x_i, x_k)`$.
    tops: Vec<f64>,
    /// $`\sum_k e^{s_{ik} - \max} - 1`$.
    excesses: Vec<f64>,
}

impl Views {
    pub(crate) fn new<T: Float>(
        columns: MatrixRef<'_, T>,
        names: Vec<usize>,
        temperature: f64,
        across: bool,
    ) -> Self {
        let rows = columns.rows();
        let mut directions = Vec::with_capacity(rows * names.len());
        let mut lengths = Vec::with_capacity(names.len());
        for &name in &names {
            let column: Vec<f64> = columns.column(name).map(T::to_f64).collect();
            let scale = match norm_infinity(&column) {
                0.0 => 1.0,
                largest => largest,
            };
            let scaled: Vec<f64> = column.iter().map(|x| x / scale).collect();
            let norm = norm2(&scaled);
            let direction = |x: f64| if norm == 0.0 { 0.0 } else { x / norm };
            directions.extend(scaled.into_iter().map(direction));
            lengths.push([scale, norm]);
        }
        Self {
            names,
            rows,
            directions,
            lengths,
            temperature,
            across,
        }
    }

    pub(crate) fn normalizers<T: Float>(&self) -> Normalizers {
        let (mut losses, mut tops, mut excesses) = (Vec::new(), Vec::new(), Vec::new());
        let mut similarities = vec![[0.0; LANES]; self.names.len()];
        for start in (0..self.names.len()).step_by(LANES) {
            let [loss, top, excess] = vectorized(
                #[inline(always)]
                || {
                    self.similarities(start, &mut similarities);
                    self.normalizer::<T>(start, &similarities)
                },
            );
            losses.extend(loss);
            tops.extend(top);
            excesses.extend(excess);
        }
        losses.truncate(self.names.len());
        Normalizers {
            losses,
            tops,
            excesses,
        }
    }

    /// Adds the gradient of $`\sum_i f_i \ell_i`$ by the columns.
    pub(crate) fn pull_back<T: Float>(
        &self,
        normalizers: &Normalizers,
        factors: &[f64],
        gradient: &mut Gathered,
    ) {
        let mut pulls = vec![[0.0; LANES]; self.names.len()];
        let mut slopes = vec![[0.0; LANES]; self.rows];
        // one division for each place, not for each pair of places
        let shares = zip(factors, &normalizers.excesses).map(|(f, x)| f / (1.0 + x));
        let shares: Vec<f64> = shares.collect();
        for start in (0..self.names.len()).step_by(LANES) {
            vectorized(
                #[inline(always)]
                || {
                    self.similarities(start, &mut pulls);
                    self.similarities_to_pulls::<T>(start, normalizers, &shares, &mut pulls);
                    self.sum(&pulls, &mut slopes);
                },
            );
            for (lane, place) in (start..self.names.len()).take(LANES).enumerate() {
                let g: Vec<f64> = slopes.iter().map(|row| row[lane]).collect();
                self.turn(place, &g, gradient.column_mut(self.names[place]));
            }
        }
    }

    fn direction(&self, place: usize) -> &[f64] {
        &self.directions[place * self.rows..(place + 1) * self.rows] // a place has all its rows
    }

    /// The cosines of every place $`i`$ with the sixteen places $`j`$ of a block.
    #[inline(always)]
    fn similarities(&self, start: usize, similarities: &mut [Lanes]) {
        let mut block = vec![[0.0; LANES]; self.rows];
        for (lane, place) in (start..self.names.len()).take(LANES).enumerate() {
            zip(&mut block, self.direction(place)).for_each(|(row, &x)| row[lane] = x);
        }
        let (tiles, rest) = similarities.as_chunks_mut::<TILE>();
        let done = TILE * tiles.len();
        for (tile, similarities) in tiles.iter_mut().enumerate() {
            let places: [_; TILE] = std::array::from_fn(|k| self.direction(TILE * tile + k));
            *similarities = products(places, &block);
        }
        for (i, similarity) in (done..).zip(rest) {
            [*similarity] = products([self.direction(i)], &block);
        }
    }

    /// Whether place `i` is a candidate for place `j`.
    #[allow(
        clippy::needless_bitwise_bool,
        reason = "without branches a block is vectorized"
    )]
    #[inline(always)]
    fn is_candidate(&self, i: usize, j: usize) -> bool {
        (i != j) & !(self.across & (i % 2 == j % 2))
    }

    /// $`e^{(s - \max) / \tau}`$, in the precision of the columns: a difference over a tiny temperature may be infinite, and is
    /// not NaN, since the reciprocal of a normal number is finite. (Below, differences other than 0 are infinite anyway.)
    #[inline(always)]
    fn exponentials<T: Float>(&self, s: &Lanes, top: &Lanes) -> Lanes {
        let rate = 1.0 / self.temperature.max(f64::MIN_POSITIVE); // a product is faster than a quotient
        let mut e = [T::from_f64(0.0); LANES];
        for lane in 0..LANES {
            e[lane] = decay(T::from_f64((s[lane] - top[lane]) * rate));
        }
        e.map(T::to_f64)
    }

    /// Loss, largest similarity and sum of exponentials less 1 of the places of a block.
    #[inline(always)]
    fn normalizer<T: Float>(&self, start: usize, similarities: &[Lanes]) -> [Lanes; 3] {
        let mut top = [f64::NEG_INFINITY; LANES];
        for (i, s) in similarities.iter().enumerate() {
            for lane in 0..LANES {
                let higher = s[lane] > top[lane];
                let counts = self.is_candidate(i, start + lane) & higher;
                top[lane] = if counts { s[lane] } else { top[lane] };
            }
        }
        // the largest terms, which are ones, and the others are summed apart, so that nothing of the others is lost; NaN flows
        let (mut ones, mut others) = ([-1.0; LANES], [0.0; LANES]);
        for (i, s) in similarities.iter().enumerate() {
            let e = self.exponentials::<T>(s, &top);
            for lane in 0..LANES {
                let counts = self.is_candidate(i, start + lane);
                let (e, small) = (if counts { e[lane] } else { 0.0 }, e[lane] < 1.0);
                ones[lane] += if small { 0.0 } else { e };
                others[lane] += if small { e } else { 0.0 };
            }
        }
        let (mut losses, mut excess) = ([0.0; LANES], [0.0; LANES]);
        for lane in 0..LANES {
            excess[lane] = others[lane] + ones[lane];
            let of_partner = similarities
                .get((start + lane) ^ 1)
                .map_or(0.0, |s| s[lane]);
            losses[lane] = (top[lane] - of_partner) / self.temperature + ln_1p(excess[lane]);
        }
        [losses, top, excess]
    }

    /// $`c_{ij}`$ in place of the cosine: what both, as anchors, pull at the similarity. A share is $`f_i / (1 + x_i)`$.
    #[inline(always)]
    fn similarities_to_pulls<T: Float>(
        &self,
        start: usize,
        normalizers: &Normalizers,
        shares: &[f64],
        similarities: &mut [Lanes],
    ) {
        let block = |of: &[f64]| {
            let mut lanes = [0.0; LANES];
            zip(&mut lanes, &of[start..]).for_each(|(lane, &x)| *lane = x);
            lanes
        };
        let Normalizers { tops, excesses, .. } = normalizers;
        let (top, excess, share) = (block(tops), block(excesses), block(shares));
        for (i, s) in similarities.iter_mut().enumerate() {
            let here = self.exponentials::<T>(s, &top);
            let mut pulls = [0.0; LANES];
            let there = self.exponentials::<T>(s, &[tops[i]; LANES]);
            for lane in 0..LANES {
                let j = start + lane;
                let partner = if i == j ^ 1 { 1.0 } else { 0.0 };
                let pull = share[lane] * slope(here[lane], partner, excess[lane])
                    + shares[i] * slope(there[lane], partner, excesses[i]);
                pulls[lane] = if self.is_candidate(i, j) { pull } else { 0.0 };
            }
            *s = pulls;
        }
    }

    /// $`\sum_i c_{ij} \hat x_i`$.
    #[inline(always)]
    fn sum(&self, pulls: &[Lanes], slopes: &mut [Lanes]) {
        let (tiles, rest) = slopes.as_chunks_mut::<TILE>();
        let done = TILE * tiles.len();
        for (tile, slopes) in tiles.iter_mut().enumerate() {
            *slopes = self.sum_of_rows(TILE * tile, pulls);
        }
        for (r, slope) in (done..).zip(rest) {
            [*slope] = self.sum_of_rows(r, pulls);
        }
    }

    /// The same for some rows from `r` on.
    #[inline(always)]
    fn sum_of_rows<const N: usize>(&self, r: usize, pulls: &[Lanes]) -> [Lanes; N] {
        let mut sums = [[0.0; LANES]; N];
        for (direction, pull) in zip(self.directions.chunks_exact(self.rows), pulls) {
            let x = &direction[r..r + N]; // rows end inside of the direction
            add_products(&mut sums, |k| x[k], pull);
        }
        sums
    }

    /// From the gradient by a direction to that by its column: what is at a right angle, over the length.
    fn turn(&self, place: usize, g: &[f64], gradient: &mut [f64]) {
        let [scale, norm] = self.lengths[place];
        if norm == 0.0 {
            return; // no direction, no gradient
        }
        let direction = self.direction(place);
        let along: f64 = zip(g, direction).map(|(g, x)| g * x).sum();
        for (slope, (g, x)) in zip(gradient, zip(g, direction)) {
            // in this order, since the length may overflow
            *slope = (g - along * x) / scale / norm / self.temperature;
        }
    }
}

/// The products of some directions with sixteen others, which stand in a block row by row.
#[inline(always)]
fn products<const N: usize>(directions: [&[f64]; N], block: &[Lanes]) -> [Lanes; N] {
    let directions = directions.map(|x| &x[..block.len()]);
    let mut sums = [[0.0; LANES]; N];
    for (r, row) in block.iter().enumerate() {
        add_products(&mut sums, |k| directions[k][r], row);
    }
    sums
}

/// Adds sixteen numbers, times another factor, to each of some sums: what is loaded serves all of them, and they do not wait for each other.
#[inline(always)]
fn add_products<const N: usize>(
    sums: &mut [Lanes; N],
    factor: impl Fn(usize) -> f64,
    numbers: &Lanes,
) {
    for (k, sum) in sums.iter_mut().enumerate() {
        let factor = factor(k);
        for (sum, number) in zip(sum, numbers) {
            *sum += factor * number;
        }
    }
}

/// $`(p - q)(1 + x)`$ for $`q`$ 0 or 1, where $`p = e / (1 + x)`$ has the excess $`x`$.
#[inline(always)]
fn slope(e: f64, q: f64, excess: f64) -> f64 {
    (e - q) - q * excess
}

/// So many sums go through a product at a time: eight registers (AVX-512), `benches/losses.rs`, "comparisons".
const TILE: usize = 4;
