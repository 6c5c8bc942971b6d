//! Laws of tables and of what is made of them.

use gradus_data::csv::{self, Column, Format, Header};
use gradus_data::{
    DataError, Imputer, Key, LabelledTable, Limits, MatrixRef, Order, Scaler, Shape, Table, blobs,
    circles, class_weights, linear, moons, one_hot, oversampled, polynomial, sinusoid, spirals,
    undersampled,
};
use gradus_testkit::strategies::labels;
use gradus_testkit::{at_most, cases, same_bits, scaled};
use proptest::prelude::*;

const EPSILON: f64 = f64::EPSILON;

/// Tables of one to four features of moderate size, with constant features and ties among them.
fn table() -> impl Strategy<Value = Table> {
    (1_usize..5, 2_usize..20).prop_flat_map(|(features, samples)| {
        let number = prop_oneof![3 => -9.0..9.0, 1 => Just(2.5)];
        let values = prop::collection::vec(number, features * samples);
        (values, any::<bool>()).prop_filter_map("a table", move |(mut values, constant)| {
            if constant {
                values.iter_mut().step_by(features).for_each(|x| *x = 7.0);
            }
            Table::new((0..features).map(|i| i.to_string()), values).ok()
        })
    })
}

/// The numbers of one feature.
fn feature(table: &Table, i: usize) -> Vec<f64> {
    table.samples().row(i).collect()
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

fn mean_square(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64
}

fn is_constant(x: &[f64]) -> bool {
    x.iter().all(|&other| other == x[0])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn selections_compose(table in table(), seed in any::<u64>()) {
        let n = u32::try_from(table.len())?;
        let first = gradus_random::permutation(n, &mut Key::new(seed).rng());
        let second: Vec<u32> = (0..n).step_by(2).collect();
        let both: Vec<u32> = second.iter().map(|&i| first[i as usize]).collect();
        prop_assert_eq!(table.select(&first)?.select(&second)?, table.select(&both)?);
        prop_assert_eq!(&table.select(&(0..n).collect::<Vec<_>>())?, &table);
        let labelled = LabelledTable::new(table, (0..n).collect(), n)?;
        let shuffled = labelled.select(&first)?;
        prop_assert_eq!(shuffled.labels(), &first);
        for (j, &i) in first.iter().enumerate() {
            prop_assert_eq!(shuffled.sample(j), labelled.sample(i as usize));
        }
    }

    #[test]
    fn casting_rounds_once(table in table()) {
        let single = table.cast::<f32>();
        for (&x, &y) in table.values().iter().zip(single.values()) {
            #[allow(clippy::cast_possible_truncation, reason = "rounding is what is tested")]
            let nearest = x as f32;
            prop_assert_eq!(y.to_bits(), nearest.to_bits());
        }
        prop_assert_eq!(single.cast::<f64>().cast::<f32>(), single);
    }

    #[test]
    fn standardized_features_have_mean_zero_and_variance_one(table in table()) {
        let scaler = Scaler::standard(table.samples())?;
        let z = table.scaled(&scaler)?;
        for i in 0..table.features() {
            let (x, z) = (feature(&table, i), feature(&z, i));
            let size = x.iter().fold(0.0_f64, |most, x| most.max(x.abs())) / scaler.scale()[i];
            let n = x.len() as f64;
            scaled(mean(&z), 0.0, n * EPSILON, 1.0 + size)?;
            let variance = if is_constant(&x) { 0.0 } else { 1.0 };
            scaled(mean_square(&z), variance, 8.0 * n * EPSILON, 1.0 + size)?;
        }
    }

    #[test]
    fn min_max_fills_the_unit_interval(table in table()) {
        let z = table.scaled(&Scaler::min_max(table.samples())?)?;
        for i in 0..table.features() {
            let (constant, z) = (is_constant(&feature(&table, i)), feature(&z, i));
            let low = z.iter().copied().fold(f64::INFINITY, f64::min);
            let high = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            same_bits(low, 0.0)?;
            same_bits(high, if constant { 0.0 } else { 1.0 })?;
        }
    }

    #[test]
    fn robust_scaling_ignores_an_outlier(table in table(), far in 10.0..1e9) {
        // Five samples at least: one that is above all quartiles moves none of them.
        prop_assume!(table.len() >= 6 && table.features() == 1);
        let mut values = table.values().to_vec();
        let top = (0..values.len()).max_by(|&i, &j| values[i].total_cmp(&values[j])).unwrap_or(0);
        let before = Scaler::robust(table.samples())?;
        values[top] = far;
        let after = Scaler::robust(Table::new(["x"], values)?.samples())?;
        prop_assert_eq!(&before, &after);
        let z = feature(&table.scaled(&before)?, 0);
        let again = Scaler::robust(MatrixRef::from_column(&z).transposed())?;
        let size = 1.0 + (before.shift()[0] / before.scale()[0]).abs();
        scaled(again.shift()[0], 0.0, 4.0 * EPSILON, size)?;
        scaled(again.scale()[0], 1.0, 8.0 * EPSILON, size)?;
    }

    #[test]
    fn unscaling_undoes_scaling(table in table()) {
        for scaler in [
            Scaler::standard(table.samples())?,
            Scaler::min_max(table.samples())?,
            Scaler::robust(table.samples())?,
        ] {
            let back = table.scaled(&scaler)?.unscaled(&scaler)?;
            for (&x, &y) in table.values().iter().zip(back.values()) {
                scaled(y, x, 4.0 * EPSILON, 20.0)?; // |x| < 9, as are the shifts
            }
        }
    }

    #[test]
    fn the_unit_of_a_feature_does_not_matter(table in table(), k in -900_i32..900) {
        let unit = 2.0_f64.powi(k);
        let values = table.values().iter().map(|x| x * unit).collect();
        let other = Table::new(table.names(), values)?;
        for fit in [Scaler::standard, Scaler::min_max, Scaler::robust] {
            let (fitted, refitted) = (fit(table.samples())?, fit(other.samples())?);
            let (here, there) = (table.scaled(&fitted)?, other.scaled(&refitted)?);
            // Where all samples, or the middle half of them, are equal, there is no scale, and 1 in both units.
            let without_scale = |i: usize| fitted.scale()[i] == 1.0 && refitted.scale()[i] == 1.0 && k != 0;
            for (i, (&x, &y)) in here.values().iter().zip(there.values()).enumerate() {
                if !without_scale(i % table.features()) {
                    same_bits(x, y)?;
                }
            }
        }
    }

    #[test]
    fn imputing_keeps_what_is_there_and_the_mean(table in table(), gaps in prop::collection::vec(any::<bool>(), 80)) {
        let gap = |i: usize| gaps[i] && i >= table.features(); // the first sample is whole
        let numbers = table.values().iter().enumerate();
        let with_gaps = numbers.map(|(i, &x)| if gap(i) { f64::NAN } else { x }).collect();
        let with_gaps = Table::new(table.names(), with_gaps)?;
        let imputer = Imputer::mean(with_gaps.samples())?;
        let filled = with_gaps.imputed(&imputer)?;
        prop_assert_eq!(filled.missing(), 0);
        for (i, (&x, &y)) in table.values().iter().zip(filled.values()).enumerate() {
            if gap(i) {
                same_bits(y, imputer.values()[i % table.features()])?;
            } else {
                same_bits(y, x)?;
            }
        }
        for i in 0..table.features() {
            scaled(mean(&feature(&filled, i)), imputer.values()[i], 20.0 * EPSILON, 9.0)?;
        }
    }

    #[test]
    fn one_hot_marks_the_label(labels in labels(5, 1..30)) {
        let table = one_hot::<f32>(&labels, 5)?;
        for (j, &label) in labels.iter().enumerate() {
            let sample = table.sample(j).unwrap_or_default();
            prop_assert_eq!(sample.iter().sum::<f32>(), 1.0);
            prop_assert_eq!(sample[label as usize], 1.0);
        }
    }

    #[test]
    fn products_that_overflow_are_errors(table in table(), k in prop_oneof![-1000..1000_i32, 300..600_i32], degree in 1_usize..4) {
        let values = table.values().iter().map(|x| x * 2.0_f64.powi(k)).collect();
        match polynomial(&Table::new(table.names(), values)?, degree) {
            Ok(products) => prop_assert!(products.values().iter().all(|x| x.is_finite())),
            Err(error) => {
                let overflows = matches!(error, DataError::ProductOverflows { .. });
                prop_assert!(overflows && degree > 1 && k > 300, "{error}");
            }
        }
    }

    #[test]
    fn polynomial_features_are_counted_and_homogeneous(table in table(), degree in 1_usize..4) {
        let doubled = Table::new(table.names(), table.values().iter().map(|x| 2.0 * x).collect())?;
        let (here, there) = (polynomial(&table, degree)?, polynomial(&doubled, degree)?);
        let n = table.features();
        let binomial = (1..=degree).fold(1, |count, k| count * (n + k) / k);
        prop_assert_eq!(here.features(), binomial - 1);
        for (i, name) in here.names().iter().enumerate() {
            let powers = name.split(' ').map(|factor| factor.split_once('^').map_or(Ok(1), |(_, power)| power.parse()));
            let degree: i32 = powers.sum::<Result<_, _>>()?;
            for (&x, &y) in feature(&here, i).iter().zip(&feature(&there, i)) {
                same_bits(y, 2.0_f64.powi(degree) * x)?;
            }
        }
    }

    #[test]
    fn balanced_classes_weigh_the_same(labels in labels(5, 1..60)) {
        let weights = class_weights(&labels, 5)?;
        let count = |k: u32| labels.iter().filter(|&&y| y == k).count();
        let present = (0..5).filter(|&k| count(k) > 0).count();
        for k in (0..5).filter(|&k| count(k) > 0) {
            let share = labels.len() as f64 / present as f64;
            scaled(weights[k as usize] * count(k) as f64, share, 4.0 * EPSILON, share)?;
        }
    }

    #[test]
    fn oversampling_repeats_evenly(labels in labels(4, 1..60), seed in any::<u64>()) {
        let chosen = oversampled(&labels, 4, &mut Key::new(seed).rng())?;
        let size = |k: u32| labels.iter().filter(|&&y| y == k).count();
        let largest = (0..4).map(size).max().unwrap_or(0);
        for k in (0..4).filter(|&k| size(k) > 0) {
            let copies: Vec<usize> = (0..).zip(&labels).filter(|(_, y)| **y == k)
                .map(|(i, _)| chosen.iter().filter(|&&j| j == i).count()).collect();
            prop_assert_eq!(copies.iter().sum::<usize>(), largest);
            prop_assert!(copies.iter().max() <= copies.iter().min().map(|few| few + 1).as_ref());
            prop_assert!(!copies.contains(&0));
        }
    }

    #[test]
    fn undersampling_keeps_the_smallest_class(labels in labels(4, 1..60), seed in any::<u64>()) {
        let mut chosen = undersampled(&labels, 4, &mut Key::new(seed).rng())?;
        let size = |k: u32| labels.iter().filter(|&&y| y == k).count();
        let smallest = (0..4).map(size).filter(|&n| n > 0).min().unwrap_or(0);
        for k in (0..4).filter(|&k| size(k) > 0) {
            prop_assert_eq!(chosen.iter().filter(|&&i| labels[i as usize] == k).count(), smallest);
        }
        chosen.sort_unstable();
        chosen.dedup();
        prop_assert_eq!(chosen.len(), smallest * (0..4).filter(|&k| size(k) > 0).count());
    }

    /// Names of classes in a column of their own, in any order of lines, with gaps in the columns of numbers.
    #[test]
    fn labels_keep_their_names(labels in labels(4, 1..30), seed in any::<u64>()) {
        const NAMES: [&str; 4] = ["ant", "bee", "cat, wild", "dog"];
        let write = |order: &[u32]| -> String {
            let line = |&i: &u32| format!("{i},\"{}\"\n", NAMES[labels[i as usize] as usize]);
            "# animals\n\nx,animal\n".to_owned() + &order.iter().map(line).collect::<String>()
        };
        let format = Format { comment: Some(b'#'), ..Format::default() };
        let n = u32::try_from(labels.len())?;
        let order = gradus_random::permutation(n, &mut Key::new(seed).rng());
        let read = csv::read_labelled(write(&order).as_bytes(), &format, Column::Last, &Limits::default())?;
        for (j, &i) in order.iter().enumerate() {
            let name = &read.class_names()[read.labels()[j] as usize];
            prop_assert_eq!(name, NAMES[labels[i as usize] as usize]);
            prop_assert_eq!(read.sample(j), Some(&[f64::from(i)][..]));
        }
        let mut used: Vec<&str> = labels.iter().map(|&y| NAMES[y as usize]).collect();
        used.sort_unstable();
        used.dedup();
        prop_assert_eq!(read.class_names(), used);
    }

    #[test]
    fn comments_and_blank_lines_change_nothing(table in table(), noise in prop::collection::vec(0..4_usize, 20), skip in 0_u64..3) {
        let write = |between: &dyn Fn(usize) -> &'static str| -> String {
            let line = |j: usize| {
                let numbers = table.sample(j).unwrap_or_default().iter().map(f64::to_string);
                between(j).to_owned() + &numbers.collect::<Vec<_>>().join(";").replace('.', ",") + "\n"
            };
            (0..table.len()).map(line).collect()
        };
        let format = Format { delimiter: b';', decimal: b',', header: Header::Absent, ..Format::default() };
        let plain = csv::read(write(&|_| "").as_bytes(), &format, &Limits::default())?;
        prop_assert_eq!(plain.values(), table.values());
        let noise = |j: usize| ["", "\n", "% it's \" noise\n", "  \t\r\n"][noise[j]];
        let head = "one \" line\n".repeat(usize::try_from(skip)?);
        let format = Format { comment: Some(b'%'), skip, ..format };
        let noisy = csv::read((head + &write(&noise)).as_bytes(), &format, &Limits::default())?;
        prop_assert_eq!(noisy, plain);
    }

    #[test]
    fn generated_points_lie_on_their_curves(n in 2_u32..60, seed in any::<u64>(), turns in -3.0..3.0) {
        let rng = &mut Key::new(seed).rng();
        let near = |x: f64, y: f64| scaled(x, y, 8.0 * EPSILON, 1.0);
        for (j, points) in [moons(n, 0.0, rng)?, circles(n, 0.3, 0.0, rng)?].into_iter().enumerate() {
            for (sample, &label) in (0..).map_while(|j| points.sample(j)).zip(points.labels()) {
                let (x, y) = (sample[0], sample[1]);
                match (j, label) {
                    (0, 0) => { near(x.hypot(y), 1.0)?; at_most(-EPSILON, y)?; }
                    (0, _) => { near((1.0 - x).hypot(0.5 - y), 1.0)?; at_most(y, 0.5 + EPSILON)?; }
                    (_, 0) => near(x.hypot(y), 1.0)?,
                    _ => near(x.hypot(y), 0.3)?,
                }
            }
        }
        let spiral = spirals(n, 3, turns, 0.0, rng)?;
        for (sample, &label) in (0..).map_while(|j| spiral.sample(j)).zip(spiral.labels()) {
            let radius = sample[0].hypot(sample[1]);
            let angle = std::f64::consts::TAU * (turns * radius + f64::from(label) / 3.0);
            let size = 1.0 + turns.abs();
            scaled(sample[0], radius * angle.cos(), 64.0 * EPSILON, size)?;
            scaled(sample[1], radius * angle.sin(), 64.0 * EPSILON, size)?;
        }
    }

    #[test]
    fn generated_classes_are_even(n in 1_u32..60, classes in 1_u32..5, seed in any::<u64>()) {
        let of = |seed| spirals(n, classes, 1.0, 0.1, &mut Key::new(seed).rng());
        prop_assert_eq!(of(seed)?, of(seed)?);
        prop_assert_ne!(of(seed)?, of(seed.wrapping_add(1))?);
        let points = of(seed)?;
        let size = |k| points.labels().iter().filter(|&&y| y == k).count();
        let sizes: Vec<usize> = (0..classes).map(size).collect();
        prop_assert!(sizes.iter().max() <= sizes.iter().min().map(|few| few + 1).as_ref());
        prop_assert_eq!(points.len(), n as usize);
    }
}

/// 10 000 points a cloud: means are normal around the centers with a deviation of 0.02; 5 of them are passed once in
/// two million times.
#[test]
fn blobs_lie_around_their_centers() -> Result<(), Box<dyn std::error::Error>> {
    let centers = [1.0, -2.0, 30.0, 4.0];
    let centers = MatrixRef::new(&centers, Shape::new(2, 2), Order::Columns)?;
    let points = blobs(20_000, centers, 2.0, &mut Key::new(11).rng())?;
    for (k, class) in (0..2_u32).zip([[1.0, -2.0], [30.0, 4.0]]) {
        let of_class: Vec<u32> = (k..20_000).step_by(2).collect();
        let cloud = points.select(&of_class)?;
        for (i, center) in class.into_iter().enumerate() {
            let x: Vec<f64> = cloud.samples().row(i).collect();
            assert!((mean(&x) - center).abs() < 0.1);
            let deviation = (mean_square(&x) - mean(&x) * mean(&x)).sqrt();
            assert!((deviation - 2.0).abs() < 0.07); // its own deviation: 2 / √20000
        }
    }
    Ok(())
}

#[test]
fn formats_that_mean_two_things_are_refused() {
    let refused = |format: Format<'_>| {
        let answer = csv::read(&b"1\n"[..], &format, &Limits::default());
        matches!(answer, Err(DataError::AmbiguousFormat { .. }))
    };
    let default = Format::default();
    assert!(refused(Format {
        decimal: b',',
        ..default
    }));
    assert!(refused(Format {
        delimiter: b'"',
        ..default
    }));
    assert!(refused(Format {
        comment: Some(b','),
        ..default
    }));
    assert!(refused(Format {
        delimiter: b'1',
        ..default
    }));
    assert!(!refused(Format {
        header: Header::Absent,
        ..default
    }));
}

#[test]
fn first_lines_that_count_wrongly_are_refused() {
    let format = Format {
        header: Header::CountsAndClasses,
        ..Format::default()
    };
    let read = |text: &str| {
        csv::read_labelled(text.as_bytes(), &format, Column::Last, &Limits::default()).map(|_| ())
    };
    assert_eq!(read("2,1,no,yes\n5,0\n6,1\n"), Ok(()));
    let (what, declared, found) = ("samples", 3, 2);
    let wrong = DataError::WrongCount {
        what,
        declared,
        found,
    };
    assert_eq!(read("3,1,no,yes\n5,0\n6,1\n"), Err(wrong));
    assert!(matches!(
        read("2,2,no,yes\n5,0\n6,1\n"),
        Err(DataError::WrongCount {
            what: "features",
            ..
        })
    ));
    assert!(matches!(
        read("2,1,no\n5,0\n6,1\n"),
        Err(DataError::LabelOutOfRange { index: 1, .. })
    ));
    assert!(matches!(
        read("two,1,no\n5,0\n"),
        Err(DataError::NotANumber {
            line: 1,
            column: 1,
            ..
        })
    ));
    assert!(matches!(
        read("1,1,\n5,0\n"),
        Err(DataError::InvalidLabel {
            line: 1,
            column: 3,
            ..
        })
    ));
    assert_eq!(read("1,1,no\n"), Err(DataError::Empty));
}

#[test]
fn columns_of_labels_are_found_or_missed() {
    let read = |column| {
        let text = "x,kind\n1,b\n2,a\n3,\n";
        csv::read_labelled(
            text.as_bytes(),
            &Format::default(),
            column,
            &Limits::default(),
        )
    };
    let (line, column, text) = (4, 2, String::new());
    let empty = DataError::InvalidLabel { line, column, text };
    assert_eq!(read(Column::Name("kind")), Err(empty));
    let name = "Kind".into();
    assert_eq!(
        read(Column::Name("Kind")),
        Err(DataError::NoColumnNamed { name })
    );
    let (column, columns) = (2, 2);
    assert_eq!(
        read(Column::Index(2)),
        Err(DataError::NoSuchColumn { column, columns })
    );
    // numbers are sorted by size: 2 before 10
    let text = "10,1\n2,1\n10,3\n";
    let format = Format {
        header: Header::Absent,
        ..Format::default()
    };
    let sizes = csv::read_labelled(
        text.as_bytes(),
        &format,
        Column::Index(0),
        &Limits::default(),
    );
    let sizes = sizes.map(|sizes| (sizes.labels().to_vec(), sizes.class_names().to_vec()));
    assert_eq!(
        sizes,
        Ok((vec![1, 0, 1], vec!["2".to_owned(), "10".to_owned()]))
    );
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn generated_targets_follow_their_function(weights in prop::collection::vec(-3.0..3.0, 1..5), b in -9.0..9.0, n in 1_u32..20, seed in any::<u64>()) {
        let (x, y) = linear(n, &weights, b, 0.0, &mut Key::new(seed).rng())?;
        for (j, &y) in y.iter().enumerate() {
            let x = x.sample(j).unwrap_or_default();
            let terms = weights.iter().zip(x).map(|(w, x)| w * x);
            scaled(y, terms.sum::<f64>() + b, 16.0 * EPSILON, 60.0)?; // five terms of at most 3 · 5, and b
        }
        let (x, y) = sinusoid(n, 0.0, &mut Key::new(seed).rng())?;
        for (j, &y) in y.iter().enumerate() {
            let x = x.sample(j).unwrap_or_default()[0];
            same_bits(y, (std::f64::consts::TAU * x).sin())?;
        }
    }
}

/// Tables with labels of three classes, some of which may be rare or missing.
fn uneven() -> impl Strategy<Value = LabelledTable> {
    (table(), any::<u64>()).prop_filter_map("labels", |(table, seed)| {
        let labels =
            (0..table.len()).map(|j| [0, 0, 0, 1, 0, 2, 1, 0][(j + (seed % 8) as usize) % 8]);
        LabelledTable::new(table.clone(), labels.collect(), 3).ok()
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn smote_evens_the_classes(table in uneven(), neighbors in 1_usize..6, seed in any::<u64>()) {
        let even = table.smote(neighbors, &mut Key::new(seed).rng())?;
        let count = |labels: &[u32], k| labels.iter().filter(|&&label| label == k).count();
        let largest = (0..3).map(|k| count(table.labels(), k)).max().unwrap_or(0);
        for k in 0..3 {
            let expected = if count(table.labels(), k) == 0 { 0 } else { largest };
            prop_assert_eq!(count(even.labels(), k), expected);
        }
        prop_assert_eq!(&even.values()[..table.values().len()], table.values());
        prop_assert_eq!(even, table.smote(neighbors, &mut Key::new(seed).rng())?);
    }

    #[test]
    fn synthetic_samples_lie_between_two_of_their_class(table in uneven(), neighbors in 1_usize..6, seed in any::<u64>()) {
        let even = table.smote(neighbors, &mut Key::new(seed).rng())?;
        for j in table.len()..even.len() {
            let x = even.sample(j).unwrap_or_default();
            let same: Vec<&[f64]> = (0..table.len()).filter(|&i| table.labels()[i] == even.labels()[j]).filter_map(|i| table.sample(i)).collect();
            // Of some two, the way over x is no longer than the direct one.
            let distance = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
            let detours = same.iter().flat_map(|a| same.iter().map(|b| distance(a, x) + distance(x, b) - distance(a, b)));
            let shortest = detours.fold(f64::INFINITY, f64::min);
            prop_assert!(shortest <= 1e-6, "a detour of {shortest}"); // the root of the rounding of a square
            let inside = |i: usize| same.iter().any(|a| a[i] <= x[i] + 1e-12) && same.iter().any(|a| a[i] >= x[i] - 1e-12);
            prop_assert!((0..x.len()).all(inside));
        }
    }
}
