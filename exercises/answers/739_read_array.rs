//! The reference answer to `739_read_array`.

pub fn read_array(data: &[f64], rows: usize, columns: usize, fortran: bool) -> Vec<Vec<f64>> {
    let place = |i: usize, j: usize| {
        if fortran {
            i + j * rows
        } else {
            i * columns + j
        }
    };
    let row = |i: usize| (0..columns).map(|j| data[place(i, j)]).collect();
    (0..rows).map(row).collect()
}
