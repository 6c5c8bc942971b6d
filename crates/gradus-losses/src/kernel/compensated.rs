//! Sixteen losses added to a compensated sum, one after the other.

use crate::kernel::lanes::{LANES, Lanes};
use gradus_numeric::CompensatedSum;

/// The bits of sixteen calls of [`CompensatedSum::add`] in less time: what every addition lost does not decide the next one, so it is
/// computed for all of them at once.
#[inline(always)]
pub(crate) fn add_each(to: &mut CompensatedSum, x: &Lanes) {
    let [mut sum, mut lost] = to.parts();
    let (mut before, mut after, mut each) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        before[lane] = sum;
        sum += x[lane];
        after[lane] = sum;
    }
    for lane in 0..LANES {
        let (a, b) = (before[lane], x[lane]);
        let (large, small) = if a.abs() >= b.abs() { (a, b) } else { (b, a) };
        each[lane] = (large - after[lane]) + small;
    }
    for loss in each {
        lost += loss;
    }
    *to = CompensatedSum::from_parts([sum, lost]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_are_those_of_one_after_the_other() {
        let (mut one_by_one, mut at_once) = (CompensatedSum::default(), CompensatedSum::default());
        for scale in [1.0, 1e100, -1e100, 1e-3] {
            let x: Lanes = std::array::from_fn(|lane| scale * (0.1 + lane as f64));
            for &x in &x {
                one_by_one.add(x);
            }
            add_each(&mut at_once, &x);
            assert_eq!(one_by_one.parts(), at_once.parts());
        }
    }
}
