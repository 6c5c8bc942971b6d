//! The entropy of a text, and codes that come near it.
//!
//! How many binary digits does a text need? If letters were drawn independently with probabilities p, no code could do with
//! fewer than H(p) bits a letter on average (Shannon), and
//!
//! ```text
//! Huffman     H ≤ L < H + 1      the best code that gives each letter a word of its own
//! Shannon     words of ⌈−log₂ pᵢ⌉ bits: easier to write down, a little longer
//! arithmetic  −log₂ p(text) + 2  one number for the whole text: no rounding up for each letter
//! ```
//!
//! Letters are not independent: given the letter before, the next one is less surprising. H(X₂ | X₁) is what is left, and a
//! code that knew pairs could go down to it. Entropies from counts are too low for few letters; the correction of Miller
//! and Madow adds the first term of what is missing.
//!
//! What to try: a text of your own in `TEXT`. A text of one letter (entropy 0, Huffman's words are empty). Pairs of letters as
//! symbols for Huffman's code: less than half a bit a letter is lost then.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::information::{
    arithmetic_decode, arithmetic_encode, bits, conditional_entropy, entropy, entropy_miller_madow,
    huffman_code, shannon_code,
};
use gradus::numeric::Simplex;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::JointTable;
use std::error::Error;

const TEXT: &str = "the fundamental problem of communication is that of reproducing at one point either exactly or \
approximately a message selected at another point. frequently the messages have meaning; that is they refer to or are \
correlated according to some system with certain physical or conceptual entities. these semantic aspects of \
communication are irrelevant to the engineering problem.";

fn main() -> Result<(), Box<dyn Error>> {
    let mut letters: Vec<char> = TEXT.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let place = |c: char| letters.binary_search(&c).unwrap_or(0);
    let message: Vec<usize> = TEXT.chars().map(place).collect();
    let mut counts = vec![0_u32; letters.len()];
    for &i in &message {
        counts[i] += 1;
    }
    let weights: Vec<f64> = counts.iter().map(|k| f64::from(*k)).collect();
    let p = Simplex::from_weights(&weights)?;

    println!(
        "{} letters, {} different ones",
        message.len(),
        letters.len()
    );
    let h = bits(entropy(&p));
    let corrected =
        entropy_miller_madow(&counts.iter().map(|k| u64::from(*k)).collect::<Vec<_>>())?;
    println!(
        "entropy           {h:.4} bits a letter ({:.4} corrected for few letters)",
        bits(corrected)
    );
    println!(
        "given the letter before: {:.4}",
        bits(given_the_letter_before(&message, letters.len())?)
    );

    let (huffman, shannon) = (huffman_code(&p)?, shannon_code(&p)?);
    let length = huffman.expected_length(&p)?;
    println!("Huffman           {length:.4}");
    println!("Shannon           {:.4}", shannon.expected_length(&p)?);
    let sent = arithmetic_encode(&counts, &message)?;
    println!(
        "arithmetic        {:.4}",
        sent.len() as f64 / message.len() as f64
    );
    println!(
        "all words equal   {:.4}",
        (letters.len() as f64).log2().ceil()
    );
    draw(&p, huffman.words())?;

    let by_words = huffman.decode(&huffman.encode(&message)?, message.len())?;
    let by_number = arithmetic_decode(&counts, &sent, message.len())?;
    if by_words == message && by_number == message && h <= length && length < h + 1.0 {
        println!(
            "result: Huffman's code wastes {:.4} bits a letter",
            length - h
        );
        Ok(())
    } else {
        Err("a code lost the text, or its length lies outside of the bounds".into())
    }
}

/// H(X₂ | X₁), from pairs of neighbors.
fn given_the_letter_before(message: &[usize], letters: usize) -> Result<f64, Box<dyn Error>> {
    let mut pairs = vec![vec![0.0; letters]; letters];
    message
        .windows(2)
        .for_each(|pair| pairs[pair[0]][pair[1]] += 1.0);
    Ok(conditional_entropy(&JointTable::from_weights(&pairs)?))
}

/// The length of each word beside the surprise of its letter, in `out/`.
fn draw(p: &Simplex, words: &[Vec<bool>]) -> Result<(), Box<dyn Error>> {
    let surprise = |p: &f64| -p.log2();
    let pairs = p.as_slice().iter().zip(words);
    let points: Vec<_> = pairs
        .map(|(p, word)| (surprise(p), word.len() as f64))
        .collect();
    let most = p.as_slice().iter().map(surprise).fold(0.0, f64::max);
    let figure = Figure::new(
        "Huffman's words",
        "surprise of the letter, bits",
        "bits of its word",
    );
    let diagonal = [(0.0, 0.0), (most, most)];
    let curves = [
        PlaneCurve::points("letters", &points),
        PlaneCurve::line("as long as the surprise", &diagonal),
    ];
    println!(
        "picture: {}",
        save("out/420_huffman.svg", &xy_plot(&figure, &curves)?)?.display()
    );
    Ok(())
}
