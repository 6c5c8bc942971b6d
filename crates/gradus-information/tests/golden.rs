//! Values against tables made by `golden/information.py`.

use gradus_information::{
    Bernoulli, Beta, Binomial, Categorical, Cauchy, ChiSquared, Dirichlet, Exponential,
    FisherInformation, Gamma, Geometric, Gumbel, HalfNormal, InverseGamma, JointDistribution,
    Laplace, Logistic, MatrixRef, Multinomial, NegativeBinomial, Order, Pareto, PartialInformation,
    Poisson, ProbabilityError, RelativeEntropy, Shape, StudentT, VonMises, Weibull,
    bhattacharyya_distance, binary_entropy, channel_capacity, chi_squared_divergence,
    conditional_entropy, conditional_mutual_information, cross_entropy, dual_total_correlation,
    energy_distance, entropy, entropy_chao_shen, entropy_grassberger, entropy_miller_madow,
    entropy_nearest, entropy_plug_in, entropy_shrinkage, hellinger, interaction_information,
    jensen_shannon, jensen_shannon_weighted, joint_entropy, kl_divergence, kl_normal,
    mutual_information, mutual_information_ksg1, mutual_information_ksg2,
    mutual_information_labels, mutual_information_normal, partial_information_broja,
    partial_information_min, perplexity, rate_distortion, renyi_divergence, renyi_entropy,
    total_correlation, total_variation, tsallis_entropy, variation_of_information, wasserstein,
};
use gradus_numeric::Simplex;
use gradus_probability::{JointTable, Normal};
use gradus_testkit::golden::read;
use gradus_testkit::scaled;
use std::error::Error;

/// Every row of the table within its bound.
fn check(
    table: &str,
    f: impl Fn(&[f64]) -> Result<f64, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    for row in read(table)? {
        row.check(f(&row.inputs)?)?;
    }
    Ok(())
}

fn simplex(p: &[f64]) -> Result<Simplex, Box<dyn Error>> {
    Ok(Simplex::new(p.to_vec())?)
}

#[test]
fn entropies() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/entropy.csv"), |p| {
        Ok(entropy(&simplex(p)?))
    })
}

#[test]
fn kl_divergences() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/kl.csv"), |x| {
        Ok(kl_divergence(&simplex(&x[..4])?, &simplex(&x[4..])?)?)
    })
}

#[test]
fn jensen_shannon_divergences() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/jensen_shannon.csv"), |x| {
        Ok(jensen_shannon(&simplex(&x[..4])?, &simplex(&x[4..])?)?)
    })
}

#[test]
fn mutual_informations() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/mutual.csv"), |p| {
        Ok(mutual_information(&JointTable::new(&[&p[..3], &p[3..]])?))
    })
}

#[test]
fn binary_entropies() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/binary_entropy.csv"), |p| {
        Ok(binary_entropy(p[0])?)
    })
}

#[test]
fn kl_divergences_of_normals() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/kl_normal.csv"), |x| {
        Ok(kl_normal(
            &Normal::new(x[0], x[1])?,
            &Normal::new(x[2], x[3])?,
        ))
    })
}

/// Three variables of two values, asked about the first two given the third.
fn joint(p: &[f64]) -> Result<JointDistribution, Box<dyn Error>> {
    Ok(JointDistribution::new(
        &[("x", 2), ("y", 2), ("z", 2)],
        p.to_vec(),
    )?)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of a table"
)]
fn counts(x: &[f64]) -> Vec<u64> {
    x.iter().map(|k| *k as u64).collect()
}

/// The quantities of `golden/several.py`, in its order.
fn quantity(number: f64, x: &[f64]) -> Result<f64, Box<dyn Error>> {
    let pair = || Ok::<_, Box<dyn Error>>((simplex(&x[..4])?, simplex(&x[4..])?));
    let order = |first: f64, orders: &[f64]| {
        let place = orders
            .iter()
            .zip(0_u32..)
            .find(|(_, i)| f64::from(*i) == number - first);
        place.map_or(f64::NAN, |(order, _)| *order)
    };
    Ok(match number {
        0.0 => conditional_mutual_information(&joint(x)?, &["x"], &["y"], &["z"])?,
        1.0 => total_correlation(&joint(x)?)?,
        2.0 => dual_total_correlation(&joint(x)?)?,
        3.0 => interaction_information(&joint(x)?, &["x"], &["y"], &["z"])?,
        4.0 => variation_of_information(&joint(x)?.pair(&["x"], &["y"])?)?,
        5.0 => chi_squared_divergence(&pair()?.0, &pair()?.1)?,
        6.0 => bhattacharyya_distance(&pair()?.0, &pair()?.1)?,
        7.0 => wasserstein(&x[..4], &x[4..])?,
        8.0 => energy_distance(&x[..4], &x[4..])?,
        9.0 => entropy_plug_in(&counts(x))?,
        10.0 => entropy_miller_madow(&counts(x))?,
        11.0 => entropy_grassberger(&counts(x))?,
        12.0 => entropy_chao_shen(&counts(x))?,
        13.0 => entropy_shrinkage(&counts(x))?,
        14.0..20.0 => {
            let orders = [0.0, 0.5, 1.0 - 2.0_f64.powi(-20), 2.0, 3.5, f64::INFINITY];
            renyi_entropy(&pair()?.0, order(14.0, &orders))?
        }
        20.0..23.0 => tsallis_entropy(&pair()?.0, order(20.0, &[0.5, 2.0, 3.5]))?,
        23.0..26.0 => renyi_divergence(&pair()?.0, &pair()?.1, order(23.0, &[0.5, 2.0, 3.5]))?,
        26.0 => cross_entropy(&pair()?.0, &pair()?.1)?,
        27.0 => kl_divergence(&pair()?.0, &pair()?.1)?,
        28.0 => jensen_shannon(&pair()?.0, &pair()?.1)?,
        29.0 => {
            let (weights, (p, q)) = (simplex(&[0.25, 0.75])?, pair()?);
            jensen_shannon_weighted(&weights, &[p, q])?
        }
        30.0 => hellinger(&pair()?.0, &pair()?.1)?,
        31.0 => total_variation(&pair()?.0, &pair()?.1)?,
        32.0 => perplexity(&pair()?.0),
        33.0 => joint_entropy(&joint(x)?.pair(&["x"], &["y"])?),
        34.0 => conditional_entropy(&joint(x)?.pair(&["x"], &["y"])?),
        _ => mutual_information(&joint(x)?.pair(&["x"], &["y"])?),
    })
}

#[test]
fn measures_divergences_and_estimates() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/several.csv"), |x| {
        quantity(x[0], &x[1..])
    })
}

/// The quantities of `golden/nearest.py`, in its order: 20 samples of three variables.
#[test]
fn estimates_from_neighbors() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/nearest.csv"), |x| {
        let (k, values) = (counts(&x[1..2]), &x[2..]);
        let k = usize::try_from(k[0])?;
        let variables = |of: std::ops::Range<usize>| {
            let shape = Shape::new(of.len(), 20);
            MatrixRef::new(&values[20 * of.start..20 * of.end], shape, Order::Rows)
        };
        Ok(match x[0] {
            0.0 => entropy_nearest(variables(0..1)?, k)?,
            1.0 => entropy_nearest(variables(0..2)?, k)?,
            2.0 => entropy_nearest(variables(0..3)?, k)?,
            3.0 => mutual_information_ksg1(variables(0..1)?, variables(1..2)?, k)?,
            4.0 => mutual_information_ksg2(variables(0..1)?, variables(1..2)?, k)?,
            5.0 => mutual_information_ksg1(variables(0..2)?, variables(2..3)?, k)?,
            6.0 => mutual_information_ksg2(variables(0..2)?, variables(2..3)?, k)?,
            _ => {
                let parity: Vec<u32> = (0..20).map(|i| i % 2).collect();
                mutual_information_labels(variables(0..1)?, &parity, k)?
            }
        })
    })
}

/// The whole numbers of `golden/large.py`.
fn weights(kind: f64, n: f64, factor: u64) -> Vec<f64> {
    let mixed = |i: u64| (i * factor % (1 << 32) / 256 % 97) as f64;
    let n = counts(&[n])[0];
    let one = |i: u64| match counts(&[kind])[0] {
        0 => mixed(i),
        1 if mixed(i) < 3.0 => mixed(i),
        1 => 0.0,
        2 => f64::from(u8::from(i == n / 2)),
        _ => 1.0,
    };
    (0..n).map(one).collect()
}

#[test]
fn measures_of_up_to_a_million_outcomes() -> Result<(), Box<dyn Error>> {
    let rows = read(include_str!("golden/large.csv"))?;
    // rows of one kind and one number of outcomes stand together
    for rows in rows.chunk_by(|a, b| a.inputs[1..] == b.inputs[1..]) {
        let (kind, n) = (rows[0].inputs[1], rows[0].inputs[2]);
        let w = weights(kind, n, 2_654_435_761);
        let v: Vec<_> = weights(0.0, n, 40503).iter().map(|v| v + 1.0).collect();
        let (p, q) = (Simplex::from_weights(&w)?, Simplex::from_weights(&v)?);
        for row in rows {
            row.check(match counts(&row.inputs)[0] {
                0 => entropy(&p),
                1 => cross_entropy(&p, &q)?,
                2 => kl_divergence(&p, &q)?,
                3 => jensen_shannon(&p, &q)?,
                4 => total_variation(&p, &q)?,
                5 => hellinger(&p, &q)?,
                6 => chi_squared_divergence(&p, &q)?,
                7 => renyi_entropy(&p, 2.0)?,
                _ => {
                    let rows = if w.len() == 1_000_000 { 1000 } else { 8 };
                    let rows: Vec<_> = w.chunks_exact(w.len() / rows).collect();
                    mutual_information(&JointTable::from_weights(&rows)?)
                }
            })?;
        }
    }
    Ok(())
}

/// The parts of `golden/parts.py`.
#[test]
fn parts_of_the_information_of_two_sources() -> Result<(), Box<dyn Error>> {
    let parts = |parts: PartialInformation| {
        let PartialInformation {
            redundancy,
            first,
            second,
            synergy,
        } = parts;
        [redundancy, first, second, synergy]
    };
    for row in read(include_str!("golden/parts.csv"))? {
        let (table, number) = (
            joint(&row.inputs[1..])?,
            usize::try_from(counts(&row.inputs)[0])?,
        );
        if number < 4 {
            let found = partial_information_min(&table, &["x"], &["y"], &["z"])?;
            row.check(parts(found)[number])?;
        } else {
            let found = partial_information_broja(&table, &["x"], &["y"], &["z"], 1e-7)?;
            // above or below by at most what the bounds are apart
            scaled(parts(found)[number - 4], row.output, 1.01e-7, 1.0)?;
        }
    }
    Ok(())
}

/// The entries of `golden/fisher.py`.
#[test]
fn fisher_information_of_families() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/fisher.csv"), |x| {
        let (a, b, entry) = (x[1], x[2], counts(&x[3..])[0]);
        let f = match counts(x)[0] {
            0 => Bernoulli::new(a)?.fisher_information(),
            1 => Binomial::new(5, a)?.fisher_information(),
            2 => Geometric::new(a)?.fisher_information(),
            3 => Poisson::new(a)?.fisher_information(),
            4 => Exponential::new(a)?.fisher_information(),
            5 => Pareto::new(1.0, a)?.fisher_information(),
            6 => Normal::new(a, b)?.fisher_information(),
            7 => Laplace::new(a, b)?.fisher_information(),
            8 => Cauchy::new(a, b)?.fisher_information(),
            9 => Logistic::new(a, b)?.fisher_information(),
            10 => Gumbel::new(a, b)?.fisher_information(),
            11 => Gamma::new(a, b)?.fisher_information(),
            12 => InverseGamma::new(a, b)?.fisher_information(),
            13 => Beta::new(a, b)?.fisher_information(),
            14 => Weibull::new(a, b)?.fisher_information(),
            _ => return Ok(mutual_information_normal(a)?),
        };
        let [i, j] = [[0, 0], [0, 1], [1, 1]][usize::try_from(entry)?];
        f.get(i, j).ok_or_else(|| "no such entry".into())
    })
}

/// The quantities of `golden/members.py`, in its order.
fn member(number: u64, x: &[f64]) -> Result<f64, Box<dyn Error>> {
    let [a, b, c, d] = [x[0], x[1], x[2], x[3]];
    let three = |p: f64| Simplex::new(vec![p, (1.0 - p) / 2.0, (1.0 - p) / 2.0]);
    let directions = || Ok::<_, ProbabilityError>((VonMises::new(a, b)?, VonMises::new(c, d)?));
    Ok(match number {
        0 => ChiSquared::new(a)?.kl(&ChiSquared::new(c)?)?,
        1 => HalfNormal::new(a)?.kl(&HalfNormal::new(c)?)?,
        2 => directions().map(|(p, q)| p.kl(&q))??,
        3 => NegativeBinomial::new(b, a)?.kl(&NegativeBinomial::new(b, c)?)?,
        4 => {
            let n = counts(&x[1..])[0];
            Multinomial::new(n, three(a)?).kl(&Multinomial::new(n, three(c)?))?
        }
        5 => Gamma::new(a, b)?.kl(&Gamma::new(c, d)?)?,
        _ => {
            let f = match number {
                6 => ChiSquared::new(a)?.fisher_information(),
                7 => HalfNormal::new(a)?.fisher_information(),
                8 => VonMises::new(0.0, a)?.fisher_information(),
                9 => NegativeBinomial::new(b, a)?.fisher_information(),
                10 => StudentT::new(0.0, a, b)?.fisher_information(),
                11 => Dirichlet::new(vec![a, b, c])?.fisher_information(),
                _ => Categorical::new(vec![a, b, 1.0 - a - b])?.fisher_information(),
            };
            let entry = counts(&x[4..]);
            let [i, j] = [usize::try_from(entry[0])?, usize::try_from(entry[1])?];
            f.get(i, j).ok_or("no such entry")?
        }
    })
}

#[test]
fn divergences_and_information_of_members() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/members.csv"), |x| {
        member(counts(x)[0], &x[1..])
    })
}

/// The capacities of `golden/capacity.py`: the two bounds are 1e-12 apart and hold the value between them.
#[test]
fn capacities_of_channels() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/capacity.csv"), |x| {
        let rows = if x[0] == 2.0 { &x[1..7] } else { &x[1..] };
        let channel: Result<Vec<_>, _> = rows.chunks_exact(3).map(simplex).collect();
        Ok(channel_capacity(&channel?, 1e-12)?.nats)
    })
}

/// Rate and priced distortion of `golden/rate.py`: the point is at most 1e-12 above the curve.
#[test]
fn rates_of_distortions() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/rate.csv"), |x| {
        let distortion: Vec<&[f64]> = x[4..].chunks_exact(3).collect();
        let point = rate_distortion(&simplex(&x[1..4])?, &distortion, x[0], 1e-12)?;
        Ok(point.nats + x[0] * point.distortion)
    })
}
