//! One step of an optimizer.

use crate::clock::{numbers, shortest};
use gradus_optim::{
    Chain, Gradient, Layout, OptimError, Pass, Shape, adam, adam_w, lion, momentum,
};
use gradus_pages::LargePages;
use std::error::Error;
use std::hint::black_box;

/// Seconds of a step; of `adam-known` one whose gradient was checked where it was made, as in a training.
pub(crate) fn step(name: &str, n: usize, threads: usize) -> Result<f64, Box<dyn Error>> {
    let known = name.strip_suffix("-known");
    let optimizer = named(known.unwrap_or(name))?;
    let mut layout = Layout::new();
    layout.push("w", Shape::new(n, 1))?;
    // in large pages, as in a training
    let [mut theta, gradient] = [(); 2].map(|()| LargePages::from(numbers(n)));
    let mut state = optimizer.init(&layout, &theta)?;
    shortest(threads, || {
        let shards = [&gradient[..]];
        let gradient = match known {
            Some(_) => Gradient::known_ordinary(&shards),
            None => Gradient::sum_of(&shards),
        };
        let mut step = optimizer.prepare(&mut state, &mut theta, gradient)?;
        while let Some(pass) = step.next_pass() {
            run(pass, threads);
        }
        Ok(())
    })
}

fn named(name: &str) -> Result<Chain<f32>, OptimError> {
    match name {
        "adamw" => adam_w(1e-3, 1e-2),
        "momentum" => momentum(1e-3, 0.9),
        "lion" => lion(1e-3, 0.0),
        _ => adam(1e-3),
    }
}

fn run(pass: Pass<'_, f32>, threads: usize) {
    if threads <= 1 || pass.blocks() <= 1 {
        return pass.run();
    }
    let (left, right) = pass.halves();
    rayon::join(
        || run(left, threads - threads / 2),
        || run(right, threads / 2),
    );
}

/// Copies `n` numbers: what the memory can do.
pub(crate) fn copy(n: usize) -> f64 {
    let (from, mut to) = (numbers(n), vec![0.0; n]);
    let copied = shortest(1, || {
        to.copy_from_slice(black_box(&from));
        black_box(&mut to);
        Ok(())
    });
    copied.unwrap_or(f64::NAN) // it cannot fail
}
