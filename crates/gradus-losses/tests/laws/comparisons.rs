//! Theorems of losses that compare columns with each other.

use crate::{EPSILON, SOFTMAX, Truth, largest, sample, transposed};
use gradus_losses::{
    Against, Comparison, Contrastive, Distance, Hinge, LossError, MarginRanking, MatrixMut,
    MatrixRef, Negative, NtXent, Order, Pair, Shape, Triplet, Tuplewise, Weights,
};
use gradus_testkit::strategies::structured_vector;
use gradus_testkit::{
    all_same_bits, all_scaled, at_least, at_most, cases, gradient, relative, same_bits, scaled,
};
use proptest::prelude::*;

type Answer = Result<(f64, Vec<f64>), LossError>;

/// Columns one after the other, and how they are stored.
#[derive(Clone, Debug)]
struct Columns {
    shape: Shape,
    x: Vec<f64>,
    order: Order,
}

impl Columns {
    fn new(rows: usize, x: &[f64]) -> Self {
        let shape = Shape::new(rows, x.len() / rows);
        let (x, order) = (x.to_vec(), Order::Columns);
        Self { shape, x, order }
    }

    fn of(&self, x: &[f64]) -> Self {
        Self::new(self.shape.rows, x)
    }

    fn column(&self, j: usize) -> &[f64] {
        &self.x[j * self.shape.rows..(j + 1) * self.shape.rows]
    }

    /// The loss over the denominator 3, and its gradient, columns one after the other.
    fn run<C: Comparison<f64>>(&self, loss: &C, tuples: &[C::Tuple], weights: &[f64]) -> Answer {
        self.over(3.0, loss, tuples, weights)
    }

    /// The same with all weights 1 and the denominator 1.
    fn sum<C: Comparison<f64>>(&self, loss: &C, tuples: &[C::Tuple]) -> Answer {
        self.over(1.0, loss, tuples, &vec![1.0; tuples.len()])
    }

    fn over<C: Comparison<f64>>(
        &self,
        denominator: f64,
        loss: &C,
        tuples: &[C::Tuple],
        weights: &[f64],
    ) -> Answer {
        let Shape { rows, columns } = self.shape;
        let stored = match self.order {
            Order::Columns => self.x.clone(),
            Order::Rows => transposed(&self.x, rows, columns),
        };
        let weights = Weights::PerSample(weights);
        let unfit = |_| LossError::EmptyBatch;
        let x = MatrixRef::new(&stored, self.shape, self.order).map_err(unfit)?;
        let mut memory = vec![f64::NAN; stored.len()];
        let gradient = MatrixMut::new(&mut memory, self.shape, self.order).map_err(unfit)?;
        let value = loss.value_and_gradient(x, tuples, weights, denominator, gradient)?;
        let alone = loss.value(x, tuples, weights, denominator)?;
        assert_eq!(value.to_bits(), alone.to_bits());
        match self.order {
            Order::Columns => Ok((value, memory)),
            Order::Rows => Ok((value, transposed(&memory, columns, rows))),
        }
    }
}

/// Every loss that compares, and what it compares.
#[derive(Clone, Debug)]
enum Compared {
    Contrastive(Contrastive, Vec<Pair>),
    Triplet(Triplet, Vec<[usize; 3]>),
    Ranking(MarginRanking, Vec<[usize; 2]>),
    NtXent(NtXent, Vec<[usize; 2]>),
    Own(SoftTriplet, Vec<[usize; 3]>),
}

impl Compared {
    fn run(&self, columns: &Columns, weights: &[f64]) -> Answer {
        match self {
            Self::Contrastive(loss, pairs) => columns.run(loss, pairs, weights),
            Self::Triplet(loss, triplets) => columns.run(loss, triplets, weights),
            Self::Ranking(loss, pairs) => columns.run(loss, pairs, weights),
            Self::NtXent(loss, pairs) => columns.run(loss, pairs, weights),
            Self::Own(loss, triplets) => columns.run(loss, triplets, weights),
        }
    }

    /// What `f` makes of the tuples, given as their numbers of columns.
    fn map(&self, f: impl Fn(Vec<Vec<usize>>) -> Vec<Vec<usize>>) -> Self {
        let two = |t: &[[usize; 2]]| -> Vec<[usize; 2]> {
            let all = f(t.iter().map(|t| t.to_vec()).collect());
            all.iter().map(|t| [t[0], t[1]]).collect()
        };
        let three = |t: &[[usize; 3]]| -> Vec<[usize; 3]> {
            let all = f(t.iter().map(|t| t.to_vec()).collect());
            all.iter().map(|t| [t[0], t[1], t[2]]).collect()
        };
        match self {
            Self::Contrastive(loss, pairs) => {
                let flat = pairs
                    .iter()
                    .map(|p| vec![p.left, p.right, usize::from(p.same)]);
                let pair = |t: Vec<usize>| Pair {
                    left: t[0],
                    right: t[1],
                    same: t[2] == 1,
                };
                Self::Contrastive(*loss, f(flat.collect()).into_iter().map(pair).collect())
            }
            Self::Triplet(loss, triplets) => Self::Triplet(*loss, three(triplets)),
            Self::Ranking(loss, pairs) => Self::Ranking(*loss, two(pairs)),
            Self::NtXent(loss, pairs) => Self::NtXent(*loss, two(pairs)),
            Self::Own(loss, triplets) => Self::Own(*loss, three(triplets)),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Contrastive(_, pairs) => pairs.len(),
            Self::Triplet(_, triplets) | Self::Own(_, triplets) => triplets.len(),
            Self::Ranking(_, pairs) | Self::NtXent(_, pairs) => pairs.len(),
        }
    }

    /// Whether the loss is smooth near these columns, on a scale of one.
    fn is_smooth(&self, columns: &Columns) -> bool {
        let of = |i, j| {
            let difference = differences(columns.column(i), columns.column(j));
            (norm(&difference), difference)
        };
        let away = |x: f64| x.abs() > 0.02;
        match self {
            Self::Contrastive(loss, pairs) => pairs.iter().all(|pair| {
                let (d, _) = of(pair.left, pair.right);
                d > 0.3 && away(d - loss.margin)
            }),
            Self::Triplet(loss, triplets) => triplets.iter().all(|&[a, p, n]| {
                let sides = [of(a, p), of(a, n), of(p, n)];
                let size = |(d, difference): &(f64, Vec<f64>)| match loss.distance {
                    Distance::Euclidean => *d,
                    Distance::SquaredEuclidean => d * d,
                    Distance::Manhattan => difference.iter().map(|e| e.abs()).sum(),
                };
                let [ap, an, pn] = [0, 1, 2].map(|k| size(&sides[k]));
                let far = match loss.negative {
                    Negative::FromAnchor => an,
                    Negative::Nearer => an.min(pn),
                };
                let whole = sides
                    .iter()
                    .all(|(d, e)| *d > 0.3 && e.iter().all(|e| away(*e)));
                whole && away(an - pn) && away(ap - far + loss.margin)
            }),
            Self::Ranking(loss, pairs) => pairs
                .iter()
                .all(|&[i, j]| away(loss.margin - (columns.x[i] - columns.x[j]))),
            Self::NtXent(..) => (0..columns.shape.columns).all(|j| norm(columns.column(j)) > 0.5),
            Self::Own(_, triplets) => triplets
                .iter()
                .all(|&[a, p, n]| of(a, p).1.iter().chain(&of(a, n).1).all(|e| away(*e))),
        }
    }
}

/// A loss of one's own: a triplet without a margin, by the sum of the magnitudes.
#[derive(Clone, Copy, Debug)]
struct SoftTriplet;

impl Tuplewise for SoftTriplet {
    type Tuple = [usize; 3];

    fn check(&self, _rows: usize) -> Result<(), LossError> {
        Ok(())
    }

    fn columns(triplet: &[usize; 3]) -> impl Iterator<Item = usize> {
        triplet.iter().copied()
    }

    fn distance(&self, a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum()
    }

    fn slope(&self, difference: f64, _distance: f64) -> f64 {
        difference.signum()
    }

    fn loss(
        &self,
        &[a, p, n]: &[usize; 3],
        distance: impl Fn([usize; 2]) -> f64,
        mut pull: impl FnMut([usize; 2], f64, f64),
    ) -> f64 {
        let (near, far) = (distance([a, p]), distance([a, n]));
        let doubt = 1.0 / (1.0 + (far - near).exp());
        pull([a, p], near, doubt);
        pull([a, n], far, -doubt);
        (near - far).exp().ln_1p()
    }
}

/// Columns and what is compared of them: up to `most` comparisons, of up to 40 columns.
fn compared(most: usize) -> impl Strategy<Value = (Columns, Compared, Vec<f64>)> {
    (0..5_usize, 1..5_usize, 3..40_usize).prop_flat_map(move |(kind, rows, n)| {
        let rows = if kind == 2 { 1 } else { rows };
        let x = prop::collection::vec(-2.0..2.0_f64, rows * n);
        let order = prop_oneof![Just(Order::Rows), Just(Order::Columns)];
        let columns = (x, order).prop_map(move |(x, order)| {
            let shape = Shape::new(rows, n);
            Columns { shape, x, order }
        });
        (columns, comparisons(kind, n, most)).prop_flat_map(|(columns, compared)| {
            let weights = prop::collection::vec(0.1..3.0_f64, compared.len());
            (Just(columns), Just(compared), weights)
        })
    })
}

fn comparisons(kind: usize, n: usize, most: usize) -> BoxedStrategy<Compared> {
    let names = Just((0..n).collect::<Vec<_>>()).prop_shuffle();
    let tuples = prop::collection::vec(names, 1..=most);
    let triplets = tuples
        .clone()
        .prop_map(|all| all.iter().map(|t| [t[0], t[1], t[2]]).collect::<Vec<_>>());
    let pairs = tuples
        .clone()
        .prop_map(|all| all.iter().map(|t| [t[0], t[1]]).collect::<Vec<_>>());
    match kind {
        0 => (tuples, 0.5..3.0_f64)
            .prop_map(|(all, margin)| {
                let pair = |t: &Vec<usize>| Pair {
                    left: t[0],
                    right: t[1],
                    same: t[2].is_multiple_of(2),
                };
                Compared::Contrastive(Contrastive { margin }, all.iter().map(pair).collect())
            })
            .boxed(),
        1 => (triplets, triplet())
            .prop_map(|(all, loss)| Compared::Triplet(loss, all))
            .boxed(),
        2 => (pairs, 0.0..2.0_f64)
            .prop_map(|(all, margin)| Compared::Ranking(MarginRanking { margin }, all))
            .boxed(),
        3 => (tuples, nt_xent())
            .prop_map(|(all, loss)| {
                let pairs = all[0].chunks_exact(2).map(|t| [t[0], t[1]]);
                Compared::NtXent(loss, pairs.collect())
            })
            .boxed(),
        _ => triplets
            .prop_map(|all| Compared::Own(SoftTriplet, all))
            .boxed(),
    }
}

fn triplet() -> impl Strategy<Value = Triplet> {
    let distance = prop_oneof![
        Just(Distance::Euclidean),
        Just(Distance::SquaredEuclidean),
        Just(Distance::Manhattan)
    ];
    let negative = prop_oneof![Just(Negative::FromAnchor), Just(Negative::Nearer)];
    (0.0..2.0_f64, distance, negative).prop_map(|(margin, distance, negative)| Triplet {
        margin,
        distance,
        negative,
    })
}

fn nt_xent() -> impl Strategy<Value = NtXent> {
    let against = prop_oneof![Just(Against::All), Just(Against::OtherSide)];
    (0.3..3.0_f64, against).prop_map(|(temperature, against)| NtXent {
        temperature,
        against,
    })
}

/// Directions of 4 to 34 columns, and a loss of all of them: 2 k and 2 k + 1 are partners.
fn views() -> impl Strategy<Value = (NtXent, Columns, Vec<[usize; 2]>)> {
    (2..5_usize, 2..18_usize).prop_flat_map(|(rows, pairs)| {
        let column = prop::collection::vec(-2.0..2.0_f64, rows)
            .prop_filter("a direction", |x| norm(x) > 0.1);
        let columns = prop::collection::vec(column, 2 * pairs);
        (nt_xent(), columns).prop_map(move |(loss, columns)| {
            let pairs = (0..pairs).map(|k| [2 * k, 2 * k + 1]).collect();
            (loss, Columns::new(rows, &columns.concat()), pairs)
        })
    })
}

fn differences(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn norm(x: &[f64]) -> f64 {
    dot(x, x).sqrt()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn comparisons_of_both_orders_of_storage_give_the_same_bits((columns, compared, weights) in compared(9)) {
        let (value, slopes) = compared.run(&columns, &weights)?;
        let other = match columns.order {
            Order::Rows => Order::Columns,
            Order::Columns => Order::Rows,
        };
        let turned = compared.run(&Columns { order: other, ..columns }, &weights)?;
        same_bits(value, turned.0)?;
        all_same_bits(&slopes, &turned.1)?;
    }

    #[test]
    fn ignored_comparisons_are_removed_comparisons(
        (columns, compared, weights) in compared(9),
        ignored in prop::collection::vec(any::<bool>(), 20),
    ) {
        let kept = |k: &usize| !ignored[*k];
        let keep: Vec<usize> = (0..compared.len()).filter(kept).collect();
        prop_assume!(!keep.is_empty());
        let fewer = compared.map(|all| keep.iter().map(|&k| all[k].clone()).collect());
        let of_fewer: Vec<f64> = keep.iter().map(|&k| weights[k]).collect();
        let (value, slopes) = fewer.run(&columns, &of_fewer)?;
        // What is ignored may name columns that are not there.
        let wild = compared.map(|all| {
            let wild = |(k, t): (usize, Vec<usize>)| if kept(&k) { t } else { vec![99; t.len()] };
            all.into_iter().enumerate().map(wild).collect()
        });
        let with_zeros = |k: usize| if kept(&k) { weights[k] } else { 0.0 };
        let with_zeros: Vec<f64> = (0..weights.len()).map(with_zeros).collect();
        let (other, of_other) = wild.run(&columns, &with_zeros)?;
        same_bits(value, other)?;
        all_same_bits(&slopes, &of_other)?;
    }

    #[test]
    fn comparison_gradients_are_derivatives((columns, compared, weights) in compared(3)) {
        prop_assume!(compared.is_smooth(&columns));
        let of = |x: &[f64]| compared.run(&columns.of(x), &weights).unwrap_or_default();
        gradient::check(of, &columns.x)?;
    }

    #[test]
    fn a_comparison_of_ones_own_obeys_the_laws_of_all(
        x in prop::collection::vec(-2.0..2.0_f64, 12), weights in prop::collection::vec(0.1..3.0_f64, 3),
    ) {
        let columns = Columns::new(3, &x);
        let triplets = [[0, 1, 2], [3, 1, 0], [2, 0, 3]];
        let (value, slopes) = columns.run(&SoftTriplet, &triplets, &weights)?;
        let distance = |i, j| SoftTriplet.distance(columns.column(i), columns.column(j));
        let each = |&[a, p, n]: &[usize; 3]| (distance(a, p) - distance(a, n)).exp().ln_1p();
        let expected: f64 = triplets.iter().zip(&weights).map(|(t, w)| w * each(t)).sum();
        scaled(value, expected / 3.0, 8.0 * EPSILON, expected)?;
        // Column 3 is an anchor once, with weight w₁ and doubt q, and a negative with w₂ and r.
        let doubt = |&[a, p, n]: &[usize; 3]| 1.0 / (1.0 + (distance(a, n) - distance(a, p)).exp());
        let [q, r] = [1, 2].map(|k| weights[k] * doubt(&triplets[k]) / 3.0);
        let sign = |i: usize, j: usize, k: usize| (columns.column(i)[k] - columns.column(j)[k]).signum();
        let by_hand: Vec<f64> = (0..3)
            .map(|k| q * (sign(3, 1, k) - sign(3, 0, k)) - r * sign(3, 2, k))
            .collect();
        all_scaled(&slopes[9..], &by_hand, 16.0 * EPSILON, 3.0)?;
    }

    #[test]
    fn beyond_the_margin_nothing_pulls(
        x in prop::collection::vec(-2.0..2.0_f64, 6), share in 0.01..1.0_f64, triplet in triplet(),
    ) {
        let silent = |(value, slopes): (f64, Vec<f64>)| value == 0.0 && slopes.iter().all(|s| *s == 0.0);
        let columns = Columns::new(3, &x);
        let difference = differences(columns.column(0), columns.column(1));
        let apart = match triplet.distance {
            Distance::Euclidean => norm(&difference),
            Distance::SquaredEuclidean => dot(&difference, &difference),
            Distance::Manhattan => difference.iter().map(|e| e.abs()).sum(),
        };
        let lead = (x[0] - x[1]).abs();
        prop_assume!(apart > 1e-6 && lead > 1e-6);
        let (inside, outside) = (share * (1.0 - 16.0 * EPSILON), 1.0 + share);
        let pair = |right, same| [Pair { left: 0, right, same }];
        let push = |margin| columns.sum(&Contrastive { margin }, &pair(1, false));
        let none = silent(push(inside * norm(&difference))?);
        let some = silent(push(outside * norm(&difference))?);
        prop_assert!(none && !some);
        let of_itself = silent(columns.sum(&Contrastive::default(), &pair(0, true))?);
        prop_assert!(of_itself);
        // The positive is the anchor itself, so the negative is further by all of its distance.
        let order = |margin| columns.sum(&Triplet { margin, ..triplet }, &[[0, 0, 1]]);
        let (none, some) = (silent(order(inside * apart)?), silent(order(outside * apart)?));
        prop_assert!(none && !some);
        let (scores, pair) = (Columns::new(1, &x), if x[0] > x[1] { [0, 1] } else { [1, 0] });
        let rank = |margin| scores.sum(&MarginRanking { margin }, &[pair]);
        let (none, some) = (silent(rank(inside * lead)?), silent(rank(outside * lead)?));
        prop_assert!(none && !some);
    }

    #[test]
    fn comparisons_of_distances_do_not_see_a_translation(
        (columns, compared, weights) in compared(9), by in -64..64_i32,
    ) {
        prop_assume!(!matches!(compared, Compared::NtXent(..)));
        // On a grid of binary fractions moving is exact, and distances have the same bits.
        let on_grid: Vec<f64> = columns.x.iter().map(|x| (x * 64.0).round() / 64.0).collect();
        let moved: Vec<f64> = on_grid.iter().map(|x| x + f64::from(by) / 4.0).collect();
        let (value, slopes) = compared.run(&columns.of(&on_grid), &weights)?;
        let (other, of_other) = compared.run(&columns.of(&moved), &weights)?;
        same_bits(value, other)?;
        all_same_bits(&slopes, &of_other)?;
        let rows = columns.shape.rows;
        for i in 0..rows {
            let row: Vec<f64> = slopes.iter().skip(i).step_by(rows).copied().collect();
            let size: f64 = row.iter().map(|s| s.abs()).sum();
            scaled(row.iter().sum(), 0.0, 40.0 * EPSILON, size + 10.0)?;
        }
    }

    #[test]
    fn contrastive_and_triplet_losses_have_a_unit(
        x in structured_vector(9), margin in 0.1..9.0_f64, same in any::<bool>(), triplet in triplet(), k in -6..6,
    ) {
        prop_assume!(x.iter().all(|&x| x == 0.0 || (1e-90..1e90).contains(&x.abs())));
        let unit = 2.0_f64.powi(k); // exact
        let larger: Vec<f64> = x.iter().map(|x| unit * x).collect();
        let (columns, larger) = (Columns::new(3, &x), Columns::new(3, &larger));
        let pair = [Pair { left: 0, right: 2, same }];
        let one = columns.sum(&Contrastive { margin }, &pair)?;
        let other = larger.sum(&Contrastive { margin: unit * margin }, &pair)?;
        same_bits(unit * unit * one.0, other.0)?;
        all_same_bits(&one.1.iter().map(|s| unit * s).collect::<Vec<_>>(), &other.1)?;
        let of_loss = if triplet.distance == Distance::SquaredEuclidean { unit * unit } else { unit };
        let one = columns.sum(&Triplet { margin, ..triplet }, &[[0, 1, 2]])?;
        let other = larger.sum(&Triplet { margin: of_loss * margin, ..triplet }, &[[0, 1, 2]])?;
        same_bits(of_loss * one.0, other.0)?;
        all_same_bits(&one.1.iter().map(|s| of_loss / unit * s).collect::<Vec<_>>(), &other.1)?;
    }

    #[test]
    fn the_nearer_negative_costs_more(x in prop::collection::vec(-2.0..2.0_f64, 9), triplet in triplet()) {
        let columns = Columns::new(3, &x);
        let of = |negative| columns.sum(&Triplet { negative, ..triplet }, &[[0, 1, 2]]);
        let swapped = columns.sum(&Triplet { negative: Negative::Nearer, ..triplet }, &[[1, 0, 2]])?.0;
        let nearer = of(Negative::Nearer)?.0;
        same_bits(nearer, swapped)?; // anchor and positive change places
        at_least(nearer, of(Negative::FromAnchor)?.0)?;
        let other = columns.sum(&Triplet { negative: Negative::FromAnchor, ..triplet }, &[[1, 0, 2]])?.0;
        same_bits(nearer, of(Negative::FromAnchor)?.0.max(other))?;
    }

    #[test]
    fn margin_ranking_is_a_hinge_of_differences(x in prop::collection::vec(-2.0..2.0_f64, 4)) {
        let scores = Columns::new(1, &x);
        let (value, slopes) = scores.sum(&MarginRanking::default(), &[[2, 1]])?;
        let (hinge, slope) = sample(&[x[2] - x[1]], Truth::Labels(vec![1])).sum(&Hinge)?;
        same_bits(value, hinge)?;
        all_same_bits(&slopes, &[0.0, -slope[0], slope[0], 0.0].map(|s| s + 0.0))?;
    }

    #[test]
    fn nt_xent_is_cross_entropy_of_similarities((loss, columns, pairs) in views()) {
        let n = columns.shape.columns;
        let mut expected = 0.0;
        for j in 0..n {
            let candidate = |i: &usize| *i != j && (loss.against == Against::All || i % 2 != j % 2);
            let (candidates, x): (Vec<usize>, _) = ((0..n).filter(candidate).collect(), columns.column(j));
            let cosine = |y: &[f64]| dot(x, y) / (norm(x) * norm(y));
            let s: Vec<f64> = candidates.iter().map(|&i| cosine(columns.column(i)) / loss.temperature).collect();
            let label = candidates.iter().position(|&i| i == j ^ 1).unwrap_or(99);
            let label = u32::try_from(label).unwrap_or(99);
            expected += sample(&s, Truth::Labels(vec![label])).sum(&SOFTMAX)?.0 / 2.0;
        }
        // similarities of up to 1 / τ < 4 with some roundings each
        scaled(columns.sum(&loss, &pairs)?.0, expected, 64.0 * EPSILON, n as f64)?;
    }

    #[test]
    fn nt_xent_looks_at_directions_only((loss, columns, pairs) in views(), exponents in prop::collection::vec(-900..900_i32, 34)) {
        let (value, slopes) = columns.sum(&loss, &pairs)?;
        let rows = columns.shape.rows;
        let factor = |at: usize| 2.0_f64.powi(exponents[at / rows]);
        let longer: Vec<f64> = columns.x.iter().enumerate().map(|(at, x)| factor(at) * x).collect();
        let (other, of_other) = columns.of(&longer).sum(&loss, &pairs)?;
        same_bits(value, other)?;
        let back: Vec<f64> = of_other.iter().enumerate().map(|(at, s)| factor(at) * s).collect();
        all_same_bits(&slopes, &back)?;
        for j in 0..columns.shape.columns {
            let slope = &slopes[j * rows..(j + 1) * rows];
            scaled(dot(slope, columns.column(j)), 0.0, 64.0 * EPSILON, 8.0)?;
        }
    }

    #[test]
    fn equal_views_cost_the_logarithm_of_the_candidates(
        direction in prop::collection::vec(0.1..2.0_f64, 1..5), pairs in 1..20_usize, temperature in 1e-3..9.0_f64,
    ) {
        let columns = Columns::new(direction.len(), &direction.repeat(2 * pairs));
        let names: Vec<[usize; 2]> = (0..pairs).map(|k| [k, k + pairs]).collect();
        let of = |against| columns.sum(&NtXent { temperature, against }, &names);
        let (all, slopes) = of(Against::All)?;
        relative(all / pairs as f64, (2.0 * pairs as f64 - 1.0).ln(), 8.0 * EPSILON)?;
        relative(of(Against::OtherSide)?.0 / pairs as f64, (pairs as f64).ln(), 8.0 * EPSILON)?;
        // nothing is better than where all are equal nearby
        all_scaled(&slopes, &vec![0.0; slopes.len()], 64.0 * EPSILON, 10.0 / temperature)?;
    }

    #[test]
    fn the_order_of_views_does_not_matter((loss, columns, pairs) in views()) {
        let (value, slopes) = columns.sum(&loss, &pairs)?;
        let turned: Vec<[usize; 2]> = pairs.iter().rev().map(|&[i, j]| [j, i]).collect();
        let (other, of_other) = columns.sum(&loss, &turned)?;
        scaled(value, other, 16.0 * EPSILON, pairs.len() as f64)?;
        all_scaled(&slopes, &of_other, 256.0 * EPSILON, largest(&slopes))?;
    }

    #[test]
    fn nt_xent_is_bounded((loss, columns, pairs) in views(), temperature in 1e-3..9.0_f64) {
        let loss = NtXent { temperature, ..loss };
        let (value, slopes) = columns.sum(&loss, &pairs)?;
        let m = pairs.len() as f64;
        prop_assert!(value >= 0.0 && slopes.iter().all(|s| s.is_finite()));
        at_most(value / m, (2.0 * m - 1.0).ln() + 2.0 / temperature * (1.0 + 64.0 * EPSILON))?;
    }
}

#[test]
fn comparisons_refuse_what_does_not_fit() {
    let columns = Columns::new(2, &[0.0, 1.0, 2.0, 3.0]);
    let none = Err(LossError::NoComparisons);
    assert_eq!(columns.run(&Contrastive::default(), &[], &[]), none);
    assert_eq!(columns.run(&NtXent::default(), &[], &[]), none);
    let (column, columns_there, comparison) = (2, 2, 1);
    let beyond = Err(LossError::ColumnOutOfRange {
        column,
        columns: columns_there,
        comparison,
    });
    let pairs = [[0, 1], [1, 2]];
    assert_eq!(
        columns.run(&Triplet::default(), &[[0, 1, 1], [0, 1, 2]], &[1.0; 2]),
        beyond
    );
    assert_eq!(
        columns.run(&NtXent::default(), &[[0, 1], [2, 3]], &[1.0; 2]),
        beyond
    );
    let twice = |column, comparison| Err(LossError::ColumnTwice { column, comparison });
    assert_eq!(
        columns.run(&NtXent::default(), &pairs, &[1.0; 2]),
        twice(1, 1)
    );
    assert_eq!(
        columns.run(&NtXent::default(), &[[0, 0]], &[1.0]),
        twice(0, 0)
    );
    let rows = 2;
    let scores = columns.run(&MarginRanking::default(), &pairs[..1], &[1.0]);
    assert_eq!(scores, Err(LossError::NotOneScore { rows }));
    let (weights, samples) = (1, 2);
    let count = columns.run(&Triplet::default(), &[[0, 1, 1], [0, 0, 1]], &[1.0]);
    assert_eq!(count, Err(LossError::WeightCount { weights, samples }));
}

#[test]
fn settings_of_comparisons_are_checked() {
    let columns = Columns::new(2, &[0.0, 1.0, 2.0, 3.0]);
    for margin in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(
            columns
                .sum(
                    &Contrastive { margin },
                    &[Pair {
                        left: 0,
                        right: 1,
                        same: true
                    }]
                )
                .is_err()
        );
        assert!(
            columns
                .sum(
                    &Triplet {
                        margin,
                        ..Triplet::default()
                    },
                    &[[0, 1, 1]]
                )
                .is_err()
        );
        assert!(
            Columns::new(1, &[1.0])
                .sum(&MarginRanking { margin }, &[[0, 0]])
                .is_err()
        );
        let loss = NtXent {
            temperature: margin,
            ..NtXent::default()
        };
        assert!(columns.sum(&loss, &[[0, 1]]).is_err());
    }
}

#[test]
fn extreme_columns_have_finite_comparisons() -> Result<(), LossError> {
    let whole = |(value, slopes): (f64, Vec<f64>)| {
        value.is_finite() && slopes.iter().all(|s| s.is_finite())
    };
    for size in [1e-300, 1e-150, 1.0, 1e150] {
        let x = [size, -size, 0.0, size, 0.0, 0.0, -size, size / 2.0];
        let columns = Columns::new(2, &x); // (1, −1), (0, 1), (0, 0), (−1, ½)
        for same in [false, true] {
            let pairs = [[0, 1], [2, 2], [3, 0]].map(|[left, right]| Pair { left, right, same });
            assert!(
                whole(columns.sum(&Contrastive::default(), &pairs)?),
                "{size}"
            );
        }
        for distance in [
            Distance::Euclidean,
            Distance::SquaredEuclidean,
            Distance::Manhattan,
        ] {
            let loss = Triplet {
                distance,
                ..Triplet::default()
            };
            assert!(
                whole(columns.sum(&loss, &[[0, 1, 2], [2, 2, 2]])?),
                "{size}"
            );
        }
        for temperature in [1e-320, 1e-300, 1e-3, 1e300] {
            let loss = NtXent {
                temperature,
                ..NtXent::default()
            };
            let (value, slopes) = columns.sum(&loss, &[[0, 1], [2, 3]])?;
            let none = value.is_nan() || slopes.iter().any(|s| s.is_nan());
            assert!(!none, "{size} {temperature}");
        }
    }
    Ok(())
}

#[test]
fn zero_columns_and_equal_columns_are_left_alone() -> Result<(), LossError> {
    let columns = Columns::new(2, &[0.0, 0.0, 3.0, 4.0, 0.0, 0.0, 3.0, 4.0]);
    // s = 0 for everything but the two equal columns
    let loss = NtXent {
        temperature: 1.0,
        ..NtXent::default()
    };
    let (value, slopes) = columns.sum(&loss, &[[0, 1], [2, 3]])?;
    let by_hand = 3_f64.ln() + (2.0 + 1_f64.exp()).ln(); // of the zeros, and of (3, 4)
    assert!((value - by_hand).abs() < 1e-15 * by_hand);
    assert_eq!(slopes[..2], [0.0, 0.0]);
    assert_eq!(slopes[4..6], [0.0, 0.0]);
    // Two equal columns that do not belong together: no direction is better than another.
    let pair = Pair {
        left: 1,
        right: 3,
        same: false,
    };
    let (value, slopes) = columns.sum(&Contrastive::default(), &[pair])?;
    assert_eq!((value, slopes), (0.5, vec![0.0; 8]));
    let (value, slopes) = columns.sum(&Triplet::default(), &[[1, 3, 1]])?;
    assert_eq!((value, slopes), (1.0, vec![0.0; 8]));
    Ok(())
}

/// A NaN is not hidden by a margin.
#[test]
fn what_is_no_number_flows_to_the_value() -> Result<(), LossError> {
    let columns = Columns::new(1, &[0.0, f64::NAN, 9.0, 1.0]);
    for same in [false, true] {
        let pair = Pair {
            left: 0,
            right: 1,
            same,
        };
        assert!(columns.sum(&Contrastive::default(), &[pair])?.0.is_nan());
    }
    assert!(columns.sum(&Triplet::default(), &[[0, 1, 2]])?.0.is_nan());
    assert!(
        columns
            .sum(&MarginRanking::default(), &[[0, 1]])?
            .0
            .is_nan()
    );
    assert!(
        columns
            .sum(&NtXent::default(), &[[0, 1], [2, 3]])?
            .0
            .is_nan()
    );
    Ok(())
}

/// Single precision: columns are read exactly, and the gradient is rounded once.
#[test]
fn comparisons_in_single_precision_are_those_of_double_precision_rounded()
-> Result<(), Box<dyn std::error::Error>> {
    let x: Vec<f32> = (0..36_u16)
        .map(|i| f32::from(i * 37 % 100) / 16.0 - 3.0)
        .collect();
    let exact: Vec<f64> = x.iter().map(|&x| f64::from(x)).collect();
    let shape = Shape::new(3, 12);
    let columns = Columns::new(3, &exact);
    let triplets: Vec<[usize; 3]> = (0..12).map(|k| [k, (k + 5) % 12, (k + 7) % 12]).collect();
    let pairs: Vec<[usize; 2]> = (0..6).map(|k| [k, k + 6]).collect();
    let mut memory = vec![f32::NAN; 36];
    let view = MatrixRef::new(&x, shape, Order::Columns)?;
    let gradient = MatrixMut::new(&mut memory, shape, Order::Columns)?;
    let value =
        Triplet::default().value_and_gradient(view, &triplets, Weights::Equal, 1.0, gradient)?;
    let (expected, slopes) = columns.sum(&Triplet::default(), &triplets)?;
    assert!((value / expected - 1.0).abs() < 8.0 * EPSILON);
    assert!(
        memory
            .iter()
            .zip(&slopes)
            .all(|(a, b)| (f64::from(*a) - b).abs() <= f64::from(f32::EPSILON) * b.abs())
    );
    let gradient = MatrixMut::new(&mut memory, shape, Order::Columns)?;
    let value =
        NtXent::default().value_and_gradient(view, &pairs, Weights::Equal, 1.0, gradient)?;
    let (expected, slopes) = columns.sum(&NtXent::default(), &pairs)?;
    // exponentials in single precision, of distances up to 4
    let epsilon = f64::from(f32::EPSILON);
    assert!((value / expected - 1.0).abs() < 8.0 * epsilon);
    assert!(
        memory
            .iter()
            .zip(&slopes)
            .all(|(a, b)| (f64::from(*a) - b).abs() <= 8.0 * epsilon)
    );
    Ok(())
}
