//! What a positive test says about a rare disease.
//!
//! One person in a thousand is ill. A test finds 99 % of the ill (its sensitivity) and clears 95 % of the
//! healthy (its specificity). The test is positive: how probable is the disease? Bayes' rule answers with
//!
//! ```text
//! P(ill | +) = P(+ | ill) P(ill) / P(+),    P(+) = P(+ | ill) P(ill) + P(+ | healthy) P(healthy)
//! ```
//!
//! Among 100 000 people 100 are ill and 99 of them positive, but so are 5 % of the 99 900 healthy, 4995
//! people: 99 of 5094, not 99 of 100. To answer "99 %" is to take P(+ | ill) for P(ill | +).
//!
//! In odds o = p / (1 − p) the rule is one product, with the likelihood ratio of the evidence:
//!
//! ```text
//! o(ill | +) = o(ill) · P(+ | ill) / P(+ | healthy)
//! ```
//!
//! so in log-odds evidence adds up: the reason why a logistic unit is a sum before its sigmoid. A second
//! test starts from what the first one left. If the tests err independently, updating one after the other
//! and updating at once, with the product of the likelihoods, are the same.
//!
//! What to try: change `PREVALENCE` to 0.1, as for patients who come with symptoms. Update with the
//! likelihoods (1, 1): a second test that only repeats the first says nothing new, whatever it costs.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::evaluation::ConfusionMatrix;
use gradus::numeric::{Simplex, logit};
use gradus::plot::{Figure, Function, function_plot, save};
use gradus::probability::{
    Bernoulli, Discrete, evidence, expectation, odds, posterior, probability_from_odds, variance,
};
use gradus::random::Key;
use std::error::Error;

/// How many are ill.
const PREVALENCE: f64 = 0.001;
/// P(+ | ill) and P(+ | healthy).
const POSITIVE: [f64; 2] = [0.99, 0.05];
/// P(− | ill) and P(− | healthy).
const NEGATIVE: [f64; 2] = [0.01, 0.95];

fn main() -> Result<(), Box<dyn Error>> {
    let prior = Simplex::new(vec![PREVALENCE, 1.0 - PREVALENCE])?; // ill, healthy
    let after = posterior(&prior, &POSITIVE)?;
    let ill = after.as_slice()[0];

    println!("one positive test");
    println!("  P(+)              {:.5}", evidence(&prior, &POSITIVE)?);
    println!("  P(ill | +)        {ill:.5}");
    println!("  by counting       99 / 5094 = {:.5}", 99.0 / 5094.0);
    in_odds(ill)?;
    one_after_the_other(&prior)?;
    by_trial(&prior)?;
    draw()?;

    if (ill - 99.0 / 5094.0).abs() < 1e-16 {
        println!("result: P(ill | +) = {:.2} %", 100.0 * ill);
        Ok(())
    } else {
        Err(format!("99 of 5094 positive people are ill, not {ill}").into())
    }
}

/// The same by odds, o′ = o · LR.
fn in_odds(ill: f64) -> Result<(), Box<dyn Error>> {
    let ratio = POSITIVE[0] / POSITIVE[1];
    let after = odds(PREVALENCE) * ratio;
    println!("in odds");
    println!("  prior odds        1 : {:.0}", 1.0 / odds(PREVALENCE));
    println!("  likelihood ratio  {ratio:.1}");
    let (against, chance) = (1.0 / after, probability_from_odds(after));
    println!("  posterior odds    1 : {against:.1}, probability {chance:.5}");
    if (chance - ill).abs() < 1e-15 {
        Ok(())
    } else {
        Err("odds and probabilities disagree".into())
    }
}

/// Three positive tests and a negative one, update by update and at once.
fn one_after_the_other(prior: &Simplex) -> Result<(), Box<dyn Error>> {
    let (mut belief, mut product) = (prior.clone(), [1.0, 1.0]);
    let show = |when: &str, ill: f64| println!("  {when:<18}  {:8.3}  {ill:10.6}", logit(ill));
    println!("one after the other   log-odds      P(ill)");
    show("before", PREVALENCE);
    for (sign, likelihood) in [
        ("+", POSITIVE),
        ("+", POSITIVE),
        ("+", POSITIVE),
        ("−", NEGATIVE),
    ] {
        belief = posterior(&belief, &likelihood)?;
        product = [0, 1].map(|k| product[k] * likelihood[k]);
        show(&format!("after {sign}"), belief.as_slice()[0]);
    }
    let [ill, at_once] = [&belief, &posterior(prior, &product)?].map(|p| p.as_slice()[0]);
    show("all at once", at_once);
    if (ill - at_once).abs() < 1e-14 {
        Ok(())
    } else {
        Err(format!("the order of updates must not matter: {ill} and {at_once}").into())
    }
}

/// Cost and luck: the expected number of positive tests, and 100 000 people of whom each is tested once.
fn by_trial(prior: &Simplex) -> Result<(), Box<dyn Error>> {
    let mean = expectation(prior, &POSITIVE)?;
    let spread = variance(prior, &POSITIVE)?.sqrt();
    println!("100 000 people, by trial");
    println!("  E P(+ | state)    {mean:.5}, standard deviation {spread:.5}");
    let ill = Bernoulli::new(PREVALENCE)?;
    let positive = [Bernoulli::new(POSITIVE[1])?, Bernoulli::new(POSITIVE[0])?]; // healthy, ill
    let rng = &mut Key::new(1).rng();
    let mut person = |_| {
        let state = u32::from(ill.sample(rng) == 1);
        (state, u32::from(positive[state as usize].sample(rng) == 1))
    };
    let (truth, test): (Vec<u32>, Vec<u32>) = (0..100_000).map(&mut person).unzip();
    let matrix = ConfusionMatrix::new(&truth, &test, 2)?;
    let (found, ill) = (matrix.count(1, 1), matrix.support(1));
    let (precision, recall, f1) = (matrix.precision(1)?, matrix.recall(1)?, matrix.f1(1)?);
    println!("  ill and positive  {found} of {ill} ill");
    println!("  precision         {precision:.4}, which is P(ill | +)");
    println!("  recall            {recall:.4}, F₁ {f1:.4}");
    Ok(())
}

/// P(ill | n positive tests) over the prevalence, in `out/`.
fn draw() -> Result<(), Box<dyn Error>> {
    let after = |tests: i32| {
        let ratio = (POSITIVE[0] / POSITIVE[1]).powi(tests);
        move |exponent: f64| probability_from_odds(odds(10.0_f64.powf(exponent)) * ratio)
    };
    let title = "What positive tests say";
    let figure = Figure::new(title, "log₁₀ of the prevalence", "P(ill)");
    let names = ["no test", "one positive", "two positive", "three positive"];
    let chances = [0, 1, 2, 3].map(after);
    let named = names.iter().zip(&chances);
    let functions: Vec<_> = named.map(|(name, f)| Function::new(name, f)).collect();
    let svg = function_plot(&figure, &functions, -5.0, -0.01)?;
    let path = save("out/310_medical_test.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
