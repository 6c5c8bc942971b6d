//! What each loss believes about noise, and the logit trap.
//!
//! A loss of the error r is the negative logarithm of a density: who minimizes it believes that errors fall as
//!
//! ```text
//! p(r) ∝ e^(−ℓ(r))      r²/2: the normal law; |r|: Laplace's, with heavy tails; ln(1 + r²): Cauchy's, heavier still
//! ```
//!
//! So of ten measurements of one quantity, one of them a slip, each loss finds another best constant: the mean of the
//! square, the median of the absolute value, and between them what Huber's loss makes of it. A loss whose slope falls back to 0
//! (Cauchy, Tukey) leaves the slip out. A tilted absolute value, the pinball, has a quantile for its minimum, here that of 85 %.
//! A loss of one's own takes two formulas: |r|^1.5 is between the mean and the median. Poisson's, the likelihood of counts, is minimal at
//! the logarithm of their mean.
//!
//! The hinge family does the same for margins m = y f of yes-or-no questions: the square punishes what is right by far,
//! the exponential loss has nothing else in mind than the worst mistake, the perceptron is content with m = 0.
//!
//! The trap: −ln(1 − σ(z)) for a wrong certainty. In f64 σ(40) is 1, and the loss infinite, its gradient 0/0. From the
//! logit it is softplus(z) = z + ln(1 + e^−z), about 40.
//!
//! The picture has the losses of the margin.
//!
//! What to try: a second slip of the same value. It is no longer a slip to Tukey's loss when half of the data have it.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::losses::{
    AbsoluteError, Cauchy, Exponential, Hinge, Huber, Loss, LossError, MatrixRef, ModifiedHuber,
    Order, Perceptron, Pinball, Pointwise, Poisson, Shape, SquaredError, SquaredHinge, Target,
    Tukey, Weights, binary_cross_entropy_from_logit,
};
use gradus::plot::{Figure, Function, function_plot, save};
use std::error::Error;

const MEASURED: [f64; 10] = [4.9, 5.0, 5.1, 5.0, 4.8, 5.2, 5.0, 4.9, 5.1, 50.0];

/// |p − y|^1.5, and its slope.
#[derive(Debug)]
struct Between;

impl Pointwise for Between {
    fn loss(&self, p: f64, y: f64) -> f64 {
        (p - y).abs().powf(1.5)
    }
    fn slope(&self, p: f64, y: f64) -> f64 {
        1.5 * (p - y).abs().sqrt() * (p - y).signum()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let beliefs: [(&str, &dyn Loss<f64>); 8] = [
        ("squared", &SquaredError),
        ("Huber, 0.5", &Huber { delta: 0.5 }),
        ("absolute", &AbsoluteError),
        ("Cauchy", &Cauchy { scale: 1.0 }),
        ("Tukey", &Tukey { scale: 4.0 }),
        ("pinball, 0.85", &Pinball { quantile: 0.85 }),
        ("one's own", &Between),
        ("Poisson", &Poisson::default()),
    ];
    println!("measured {MEASURED:?}\n  loss           best constant");
    let mut found = Vec::new();
    for (name, loss) in beliefs {
        let best = best_constant(loss)?;
        println!("  {name:<14} {best:.2}");
        found.push(best);
    }

    println!("margins\n  m      perceptron   hinge   squared   exponential   modified Huber");
    let margins: [(&str, &dyn Loss<f64>); 5] = [
        ("perceptron", &Perceptron),
        ("hinge", &Hinge),
        ("squared hinge", &SquaredHinge),
        ("exponential", &Exponential),
        ("modified Huber", &ModifiedHuber),
    ];
    for m in [-2.0, -0.5, 0.0, 0.5, 1.0, 2.0] {
        let costs: Vec<f64> = margins
            .iter()
            .map(|(_, loss)| of_margin(*loss, m))
            .collect();
        let [perceptron, hinge, squared, exponential, huber] = costs[..] else {
            continue;
        };
        println!("  {m:<6} {perceptron:<12} {hinge:<7} {squared:<9} {exponential:<13.3} {huber}");
    }
    draw(&margins)?;

    println!("the logit trap\n  z      naive   its slope   from the logit");
    for z in [1.0_f64, 20.0, 40.0, 800.0] {
        let p = 1.0 / (1.0 + (-z).exp());
        let (naive, slope) = (-(1.0 - p).ln(), p * (1.0 - p) / (1.0 - p));
        println!(
            "  {z:<6} {naive:<7.2} {slope:<11.2} {:.2}",
            binary_cross_entropy_from_logit(z, 0.0)
        );
    }

    if found[0] > 9.0 && (found[2] - 5.0).abs() < 0.1 && (found[4] - 5.0).abs() < 0.1 {
        println!(
            "result: the mean is {:.2}, the median {:.2}",
            found[0], found[2]
        );
        Ok(())
    } else {
        Err(format!("the median should not see the slip: {found:?}").into())
    }
}

/// The constant with the lowest sum of losses, of a grid.
fn best_constant(loss: &dyn Loss<f64>) -> Result<f64, Box<dyn Error>> {
    let shape = Shape::new(1, MEASURED.len());
    let target = Target::Values(MatrixRef::new(&MEASURED, shape, Order::Rows)?);
    let mut best = (f64::INFINITY, 0.0);
    for k in 0..=6000 {
        let c = f64::from(k) / 100.0;
        let constant = [c; MEASURED.len()];
        let prediction = MatrixRef::new(&constant, shape, Order::Rows)?;
        let cost = loss.value(prediction, target, Weights::Equal, 1.0)?;
        if cost < best.0 {
            best = (cost, c);
        }
    }
    Ok(best.1)
}

/// The loss of a decision m where the answer is yes; NaN leaves a gap in the picture.
fn of_margin(loss: &dyn Loss<f64>, m: f64) -> f64 {
    let value = |m: &f64| -> Result<f64, LossError> {
        let decision = MatrixRef::from_column(std::slice::from_ref(m));
        loss.value(decision, Target::Labels(&[1]), Weights::Equal, 1.0)
    };
    value(&m).unwrap_or(f64::NAN)
}

fn draw(margins: &[(&str, &dyn Loss<f64>); 5]) -> Result<(), Box<dyn Error>> {
    let graphs = margins.map(|(_, loss)| move |m: f64| of_margin(loss, m));
    let functions: Vec<Function<'_>> = margins
        .iter()
        .zip(&graphs)
        .map(|((name, _), f)| Function::new(name, f))
        .collect();
    let figure = Figure::new("Losses of the margin", "m", "loss").between(0.0, 6.0);
    let svg = function_plot(&figure, &functions, -2.5, 2.5)?;
    println!(
        "picture: {}",
        save("out/510_losses_and_noise.svg", &svg)?.display()
    );
    Ok(())
}
