//! Products of features.

use crate::error::DataError;
use crate::tables::table::Table;
use gradus_numeric::Float;

/// All products of at most `degree` features, repetitions included: what a linear model needs to be a polynomial.
///
/// ```math
/// x_1, \dots, x_n, \; x_1^2, x_1 x_2, \dots, x_n^2, \; x_1^3, \dots
/// ```
///
/// There are $`\binom{n + d}{d} - 1`$ of them for $`n`$ features and degree $`d`$, by degree and then in the order of
/// the alphabet (as scikit-learn's). The constant 1 is left to the intercept.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | products of finite features are finite, or an error | `products_that_overflow_are_errors` |
/// | as many as the binomial says, and $`2^d`$ times as large for doubled features | `polynomial_features_are_counted_and_homogeneous` |
///
/// # Errors
///
/// [`DataError::LimitExceeded`] for more than 10⁵ products, or 10⁷ factors in all of them; [`DataError::ProductOverflows`] if a product of finite
/// features is not finite. A missing number makes its products missing.
///
/// # Examples
///
/// ```
/// use gradus_data::{Table, polynomial};
///
/// let table = polynomial(&Table::new(["x", "y"], vec![2.0, 3.0])?, 2)?;
/// assert_eq!(table.names(), ["x", "y", "x^2", "x y", "y^2"]);
/// assert_eq!(table.values(), [2.0, 3.0, 4.0, 6.0, 9.0]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[doc(alias = "PolynomialFeatures")]
pub fn polynomial<T: Float>(table: &Table<T>, degree: usize) -> Result<Table<T>, DataError> {
    let products = products(table.features(), degree)?;
    let name = |product: &Vec<usize>| {
        let factors = product.chunk_by(|a, b| a == b);
        let factor = |same: &[usize]| match same.len() {
            1 => table.names()[same[0]].clone(), // a chunk is not empty; an index of a feature
            power => format!("{}^{power}", table.names()[same[0]]),
        };
        factors.map(factor).collect::<Vec<_>>().join(" ")
    };
    let names: Vec<String> = products.iter().map(name).collect();
    let samples = (0..table.len()).filter_map(|j| table.sample(j));
    let of = |x: &[T], product: &[usize]| {
        let factors = product.iter().map(|&i| x[i]); // indices of features
        factors.fold(T::from_f64(1.0), |all, x| all * x)
    };
    let mut values = Vec::new();
    for (j, x) in (0..).zip(samples) {
        for (k, product) in (0..).zip(&products) {
            let value = of(x, product);
            if !value.is_finite() && product.iter().all(|&i| x[i].is_finite()) {
                let (product, sample) = (k, j);
                return Err(DataError::ProductOverflows { product, sample });
            }
            values.push(value);
        }
    }
    Table::new(names, values)
}

/// The products as sorted indices of their factors.
fn products(features: usize, degree: usize) -> Result<Vec<Vec<usize>>, DataError> {
    let mut all: Vec<Vec<usize>> = Vec::new();
    let mut last: Vec<Vec<usize>> = vec![Vec::new()];
    let mut factors = 0;
    for degree in 1..=degree {
        // Each product of the degree before, times a factor that is not before its last one.
        let longer = last.iter().flat_map(|product| {
            let from = product.last().copied().unwrap_or(0);
            let with = |i| [&product[..], &[i]].concat();
            (from..features).map(with)
        });
        last = longer.take(MOST + 1).collect();
        factors += last.len() * degree; // at most 10⁵ times 10⁷
        if factors > MOST_FACTORS {
            return Err(DataError::LimitExceeded {
                limit: "factors of polynomial features",
                allowed: MOST_FACTORS as u64,
                at_least: factors as u64,
            });
        }
        all.extend_from_slice(&last);
        if all.len() > MOST {
            return Err(DataError::LimitExceeded {
                limit: "polynomial features",
                allowed: MOST as u64,
                at_least: all.len() as u64,
            });
        }
    }
    Ok(all)
}

/// How many features a table may get: as many as [`Limits`](crate::Limits) lets a file have.
const MOST: usize = 100_000;
/// Indices of factors, some 80 MB.
const MOST_FACTORS: usize = 10_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_products_are_refused() {
        let wide = Table::new((0..1000).map(|i| i.to_string()), vec![1.0; 1000]).unwrap();
        assert!(matches!(
            polynomial(&wide, 2),
            Err(DataError::LimitExceeded { .. })
        ));
        assert!(matches!(
            polynomial(&wide, usize::MAX),
            Err(DataError::LimitExceeded { .. })
        ));
        assert_eq!(polynomial(&wide, 1), Ok(wide));
        let narrow = Table::new(["x"], vec![1.0]).unwrap(); // few products, of many factors
        assert!(matches!(
            polynomial(&narrow, usize::MAX),
            Err(DataError::LimitExceeded { .. })
        ));
    }

    #[test]
    fn no_product_is_no_table() {
        let table = Table::new(["x"], vec![1.0]).unwrap();
        assert!(polynomial(&table, 0).is_err());
        assert_eq!(polynomial(&table, 3).unwrap().names(), ["x", "x^2", "x^3"]);
    }
}
