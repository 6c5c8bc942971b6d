//! Laws of samples that are altered when they are gathered.

use gradus_losses::Target;
use gradus_nn::{Dataset, Features, Mapped, Samples, TargetBuffer};
use gradus_numeric::{MatrixRef, Order, Shape};
use gradus_random::{Key, permutation, uniform};
use gradus_testkit::cases;
use proptest::prelude::*;

/// What is done to sample `i`: shifted by its number, and each feature scaled by its place.
fn altered(i: u32, x: &mut [f64]) {
    for (place, x) in (1..).zip(x) {
        *x = f64::from(place) * *x + f64::from(i);
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn mapped_samples_are_the_samples_mapped(features in 1_usize..5, samples in 1_u32..12, seed in any::<u64>()) {
        let mut rng = Key::new(seed).rng();
        let n = samples as usize;
        let numbers: Vec<f64> = (0..features * n).map(|_| uniform(&mut rng)).collect();
        let labels: Vec<u32> = (0..samples).collect();
        let x = MatrixRef::new(&numbers, Shape::new(features, n), Order::Columns)?;
        let weights: Vec<f64> = (1..=samples).map(f64::from).collect();
        let data = Dataset::new(Features::Numbers(x), Target::Labels(&labels))?.with_weights(&weights)?;
        let mapped = Mapped::new(&data, altered);
        prop_assert_eq!((mapped.len(), mapped.features()), (n, features));

        let order = permutation(samples, &mut rng);
        let (mut plain, mut through) = (vec![0.0; features * n], vec![0.0; features * n]);
        data.gather(&order, &mut plain);
        mapped.gather(&order, &mut through);
        for (&i, x) in order.iter().zip(plain.chunks_mut(features)) {
            altered(i, x);
        }
        prop_assert_eq!(through, plain);
        let (mut targets, mut same) = (TargetBuffer::default(), TargetBuffer::default());
        mapped.gather_targets(&order, &mut targets);
        data.gather_targets(&order, &mut same);
        prop_assert_eq!(targets, same);
        let mut kept = Vec::new();
        mapped.gather_weights(&order, &mut kept);
        prop_assert_eq!(kept, order.iter().map(|&i| weights[i as usize]).collect::<Vec<_>>());
    }
}
