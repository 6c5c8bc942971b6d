//! Whether all processes were started alike.

use super::contract::Exchange;
use super::error::ExchangeError;
use std::iter::zip;

/// Compares named values with those of process 0, on all processes at once.
///
/// The table of process 0 goes along the chain, with the first difference that was found on the way; the last process
/// gives it to all, so either all processes go on or none.
pub(crate) fn agree(
    exchange: &mut dyn Exchange,
    mine: &[(String, String)],
) -> Result<(), ExchangeError> {
    let rank = exchange.rank();
    let (mut table, mut verdict) = (text(mine), String::new());
    if !rank.is_first() {
        table = receive(exchange)?;
        verdict = receive(exchange)?;
        if verdict.is_empty() {
            verdict = difference(&table, &text(mine), rank.number).unwrap_or_default();
        }
    }
    if !rank.is_last() {
        send(exchange, &table)?;
        send(exchange, &verdict)?;
    }
    let mut length = verdict.len().to_le_bytes();
    exchange.share(&mut length)?;
    let mut bytes = verdict.into_bytes();
    bytes.resize(usize::from_le_bytes(length), 0);
    exchange.share(&mut bytes)?;
    error_of(&String::from_utf8_lossy(&bytes)).map_or(Ok(()), Err)
}

/// A table as text, a line a name and a line a value.
fn text(table: &[(String, String)]) -> String {
    let line = |text: &str| text.replace('\n', " ");
    let lines = table
        .iter()
        .flat_map(|(what, value)| [line(what), line(value)]);
    lines.collect::<Vec<_>>().join("\n")
}

/// The first difference of two tables, as the lines rank, name, value of process 0, value of this one.
fn difference(first: &str, mine: &str, rank: usize) -> Option<String> {
    let pairs = |text: &str| {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (pairs, _) = lines.as_chunks::<2>();
        pairs.to_vec()
    };
    let (first, mine) = (pairs(first), pairs(mine));
    let found = zip(&first, &mine).find(|(first, mine)| first != mine);
    let verdict = |what: &str, first: &str, mine: &str| format!("{rank}\n{what}\n{first}\n{mine}");
    match found {
        Some(([what, theirs], [_, mine])) => Some(verdict(what, theirs, mine)),
        None if first.len() != mine.len() => Some(verdict(
            "the number of settings",
            &first.len().to_string(),
            &mine.len().to_string(),
        )),
        None => None,
    }
}

/// The error that a verdict stands for; none for an empty one.
fn error_of(verdict: &str) -> Option<ExchangeError> {
    let mut lines = verdict.lines();
    let rank = lines.next()?.parse().ok()?;
    let mut next = || lines.next().unwrap_or_default().to_owned();
    let (what, first, theirs) = (next(), next(), next());
    Some(ExchangeError::Differs {
        rank,
        what,
        first,
        theirs,
    })
}

fn send(exchange: &mut dyn Exchange, text: &str) -> Result<(), ExchangeError> {
    exchange.send(&text.len().to_le_bytes())?;
    exchange.send(text.as_bytes())
}

fn receive(exchange: &mut dyn Exchange) -> Result<String, ExchangeError> {
    let mut length = [0; size_of::<usize>()];
    exchange.receive(&mut length)?;
    let mut bytes = vec![0; usize::from_le_bytes(length)];
    exchange.receive(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Channels;

    fn ask(values: &[&str]) -> Vec<Result<(), ExchangeError>> {
        let threads: Vec<_> = zip(Channels::new(values.len()), values)
            .map(|(mut channels, value)| {
                let mine = vec![("seed".to_owned(), (*value).to_owned())];
                std::thread::spawn(move || agree(&mut channels, &mine))
            })
            .collect();
        let joined = threads.into_iter().map(std::thread::JoinHandle::join);
        joined.flatten().collect()
    }

    #[test]
    fn all_agree_or_all_hear_who_differs_first() {
        assert_eq!(ask(&["7"]), [Ok(())]);
        assert_eq!(ask(&["7", "7", "7"]), [Ok(()), Ok(()), Ok(())]);
        let differs = ExchangeError::Differs {
            rank: 1,
            what: "seed".into(),
            first: "7".into(),
            theirs: "8".into(),
        };
        assert_eq!(ask(&["7", "8", "9"]), vec![Err(differs); 3]);
    }
}
