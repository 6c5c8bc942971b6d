//! 200 steps of SOAP against its recurrence in 50 digits: `soap.csv`, made by `soap.py`.

use gradus_optim::{
    Gradient, Layout, Link, ScaleByLearningRate, ScaleBySoap, Shape, chain, plain_product,
};
use gradus_testkit::{golden, scaled};
use std::error::Error;

#[test]
fn soap_agrees_with_its_recurrence() -> Result<(), Box<dyn Error>> {
    let rows = golden::read(include_str!("soap.csv"))?;
    assert_eq!(rows.len(), 72);
    let soap = ScaleBySoap {
        product: plain_product,
        ..ScaleBySoap::default()
    };
    let optimizer = chain(vec![
        Link::coarse(soap),
        Link::new(ScaleByLearningRate::new(0.05)),
    ])?;
    let mut layout = Layout::new();
    layout.push("w", Shape::new(3, 3))?;
    let mut theta: Vec<f64> = (0..9)
        .map(|k| (128.0 * f64::from(k).cos()).round() / 64.0)
        .collect();
    let mut state = optimizer.init(&layout, &theta)?;
    for t in 1..=200_u64 {
        let drive = |k: u64| ((7 * t + 3 * k * k) % 11) as f64 / 8.0 - 0.625;
        let g: Vec<f64> = (0..9)
            .zip(&theta)
            .map(|(k, x)| (1 + k) as f64 / 4.0 * x + drive(k))
            .collect();
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
        for row in rows.iter().filter(|row| row.inputs[0] == t as f64) {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 8"
            )]
            let value = theta[row.inputs[1] as usize];
            scaled(value, row.output, 1e-12, row.output.abs().max(1.0))
                .map_err(|violation| violation.within(format!("step {t}")))?;
        }
    }
    Ok(())
}
