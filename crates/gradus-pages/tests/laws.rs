//! Pages change the time, never a bit.

use gradus_pages::LargePages;
use std::collections::TryReserveError;

/// None, one page of 2 MiB, two, and a few numbers less or more.
fn lengths(size: usize) -> impl Iterator<Item = usize> {
    let page = (1 << 21) / size;
    [0, page, 2 * page]
        .into_iter()
        .flat_map(|n| [n.saturating_sub(1), n, n + 3])
}

#[test]
fn large_pages_hold_what_the_vector_held() {
    for length in lengths(1) {
        let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
        let pages = LargePages::from(bytes.clone());
        assert!(*pages == *bytes && pages.clone() == pages, "{length} bytes");
    }
    for length in lengths(8) {
        let numbers: Vec<f64> = (0..length).map(|i| (i as f64).sqrt()).collect();
        let pages = LargePages::from(numbers.clone());
        assert!(
            *pages == *numbers && pages.clone() == pages,
            "{length} numbers"
        );
    }
}

#[test]
fn zeros_are_zeros_until_written() -> Result<(), TryReserveError> {
    for length in lengths(4) {
        let mut numbers = LargePages::<f32>::zeros(length)?;
        assert_eq!(numbers.len(), length);
        assert!(numbers.iter().all(|x| x.to_bits() == 0));
        for (i, x) in numbers.iter_mut().enumerate() {
            *x = i as f32;
        }
        assert!(numbers.iter().enumerate().all(|(i, &x)| x == i as f32));
    }
    Ok(())
}

#[test]
fn what_no_machine_has_is_refused() {
    assert!(LargePages::<f64>::zeros(1 << 62).is_err());
    assert!(LargePages::<f64>::zeros(usize::MAX).is_err());
    assert!(LargePages::<u8>::zeros(1 << 60).is_err());
}

#[test]
fn a_default_is_empty_and_shows_its_numbers() {
    assert!(LargePages::<f32>::default().is_empty());
    assert_eq!(format!("{:?}", LargePages::from(vec![1, 2])), "[1, 2]");
}
