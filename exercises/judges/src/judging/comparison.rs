//! What came out beside what should have.

use super::text::{Text, say};
use super::words::{apart, number, rows, vector};
use gradus_testkit::{Violation, gradient, scaled};

/// `Err` in words unless two numbers agree within `tolerance` of the larger of 1 and the right one.
pub(crate) fn is(value: f64, right: f64, tolerance: f64) -> Result<(), Text> {
    near(value, right, tolerance).map_err(|()| {
        let (value, right) = apart(value, right);
        say!("is {value}, not {right}", "得到 {value}，应为 {right}")
    })
}

/// The same as [`is`] for a part of a result: its name in both languages is told, too.
pub(crate) fn part_is(
    (en, zh): (&str, &str),
    value: f64,
    right: f64,
    tolerance: f64,
) -> Result<(), Text> {
    near(value, right, tolerance).map_err(|()| {
        let (value, right) = apart(value, right);
        say!(
            "{en} is {value}, not {right}",
            "{zh}是 {value}，应为 {right}"
        )
    })
}

/// `Err` in words unless two numbers are at most `bound` apart.
pub(crate) fn is_within(value: f64, right: f64, bound: f64) -> Result<(), Text> {
    if value == right || (value - right).abs() <= bound {
        return Ok(());
    }
    let (value, right) = apart(value, right);
    Err(say!(
        "is {value}, not {right}",
        "得到 {value}，应为 {right}"
    ))
}

/// The same for some numbers with names: all of them are told, and which one is off.
pub(crate) fn parts_are<const N: usize>(
    names: [(&str, &str); N],
    values: [f64; N],
    right: [f64; N],
    tolerance: f64,
) -> Result<(), Text> {
    let all = values.map(number).join(", ");
    for ((en, zh), (value, right)) in names.into_iter().zip(values.into_iter().zip(right)) {
        let en = format!("is ({all}); its {en}");
        let zh = format!("得到 ({all})；其中{zh}");
        part_is((&en, &zh), value, right, tolerance)?;
    }
    Ok(())
}

/// The same as [`is`] for every entry.
pub(crate) fn are(values: &[f64], right: &[f64], tolerance: f64) -> Result<(), Text> {
    length(values.len(), right.len())?;
    match (0..right.len()).find(|&i| near(values[i], right[i], tolerance).is_err()) {
        None => Ok(()),
        Some(i) if right.len() == 1 => is(values[i], right[i], tolerance),
        Some(i) => {
            let all = vector(values);
            let (value, right) = apart(values[i], right[i]);
            Err(say!(
                "is {all}; entry {i} is {value}, not {right}",
                "得到 {all}；第 {i} 个分量是 {value}，应为 {right}"
            ))
        }
    }
}

/// The same for every entry of every row.
pub(crate) fn rows_are(
    values: &[Vec<f64>],
    right: &[Vec<f64>],
    tolerance: f64,
) -> Result<(), Text> {
    let all = rows(values);
    let shape = |a: &[Vec<f64>]| (a.len(), a.first().map_or(0, Vec::len));
    let uneven = values
        .iter()
        .any(|row| row.len() != values.first().map_or(0, Vec::len));
    if shape(values) != shape(right) || uneven {
        let (m, n) = shape(right);
        return Err(say!(
            "is {all}, whose shape is not {m} × {n}",
            "得到 {all}，其形状不是 {m} × {n}"
        ));
    }
    for (i, (row, right)) in values.iter().zip(right).enumerate() {
        for (j, (&value, &right)) in row.iter().zip(right).enumerate() {
            if near(value, right, tolerance).is_err() {
                let (value, right) = apart(value, right);
                return Err(say!(
                    "is {all}; row {i}, column {j} has {value}, not {right}",
                    "得到 {all}；第 {i} 行第 {j} 列是 {value}，应为 {right}"
                ));
            }
        }
    }
    Ok(())
}

/// `Err` unless a vector has as many entries as it should.
pub(crate) fn length(has: usize, right: usize) -> Result<(), Text> {
    if has == right {
        Ok(())
    } else {
        Err(say!(
            "has length {has}, not {right}",
            "长度是 {has}，应为 {right}"
        ))
    }
}

/// `Err` unless `g` is the gradient of `f` at `x`, by differences of `f`.
pub(crate) fn is_gradient(
    g: impl Fn(&[f64]) -> Vec<f64>,
    f: impl Fn(&[f64]) -> f64,
    x: &[f64],
) -> Result<(), Text> {
    let at_x = g(x);
    length(at_x.len(), x.len())?;
    if at_x.iter().any(|g| !g.is_finite()) {
        let all = vector(&at_x);
        return Err(say!(
            "is {all}; a gradient is finite",
            "得到 {all}；梯度应是有限的数"
        ));
    }
    gradient::check(|x: &[f64]| (f(x), g(x)), x)
        .or_else(|it| if it.is_inconclusive() { Ok(()) } else { Err(it) })
        .map_err(|violation| {
            let all = vector(&at_x);
            match (violation.root(), coordinate(&violation)) {
                (Violation::Derivative { given, found, .. }, Some(i)) => {
                    let [entry, rate] = [*given, (*found * 1e6).round() / 1e6].map(number);
                    say!(
                        "is {all}; entry {i} is {entry}, but along it the loss changes at the rate {rate}",
                        "得到 {all}；第 {i} 个分量是 {entry}，而沿着它损失的变化率是 {rate}"
                    )
                }
                _ => say!(
                    "is {all}; differences of the loss disagree: {violation}",
                    "得到 {all}；与损失的差分不符：{violation}"
                ),
            }
        })
}

fn near(value: f64, right: f64, tolerance: f64) -> Result<(), ()> {
    if value == right {
        return Ok(()); // infinities too
    }
    scaled(value, right, tolerance, right.abs().max(1.0)).map_err(drop)
}

/// The coordinate that a violation names.
fn coordinate(violation: &Violation) -> Option<usize> {
    let text = violation.to_string();
    let rest = text.strip_prefix("coordinate ")?;
    rest.split(':').next()?.parse().ok()
}
