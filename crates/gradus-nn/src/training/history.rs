//! What a training has been through.

use super::evaluation::Evaluation;
use std::fmt::Write;

/// One epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochRecord {
    /// Which epoch, counted from 1.
    pub epoch: u64,
    /// Means over the epoch while the parameters were changing.
    pub training: Evaluation,
    /// Means over the validation samples after the epoch, if there are any.
    pub validation: Option<Evaluation>,
}

impl EpochRecord {
    /// Loss and metrics that early stopping may watch.
    pub(crate) fn watched(&self) -> &Evaluation {
        self.validation.as_ref().unwrap_or(&self.training)
    }
}

/// All epochs so far.
///
/// # Examples
///
/// ```
/// use gradus_nn::layers::dense;
/// use gradus_nn::losses::{SquaredError, Target};
/// use gradus_nn::optim::sgd;
/// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Output, Settings, Training};
///
/// let (x, y) = ([1.0, 2.0], [0.0, 0.0]);
/// let [x, y] = [&x, &y].map(|row| MatrixRef::from_column(row).transposed());
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
/// let mut model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
/// model.set_theta(vec![2.0, 0.0])?; // predictions 2 and 4: mean squared error 10
/// let mut training = Training::new(model, sgd(0.01)?, Box::new(SquaredError), Settings::default())?;
/// training.fit(1, &data, &mut [])?;
/// let history = training.history();
/// assert_eq!(history.records()[0].training.loss, 10.0); // before the step
/// assert_eq!(history.to_csv(), "epoch,loss,validation_loss\n1,10,\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    names: Vec<&'static str>,
    records: Vec<EpochRecord>,
}

impl History {
    pub(crate) const fn new(names: Vec<&'static str>) -> Self {
        Self {
            names,
            records: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, record: EpochRecord) {
        self.records.push(record);
    }

    /// Names of the metrics.
    #[must_use]
    pub fn metric_names(&self) -> &[&'static str] {
        &self.names
    }

    /// The epochs, first to last.
    #[must_use]
    pub fn records(&self) -> &[EpochRecord] {
        &self.records
    }

    /// A table with one line per epoch: `epoch,loss,…,validation_loss,…`; empty fields where an epoch had
    /// no validation. Numbers are written so that reading them gives the same bits; a name with a comma, a quote
    /// or a line break stands in quotes (RFC 4180).
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut csv = String::from("epoch");
        for prefix in ["", "validation_"] {
            for name in ["loss"].iter().chain(&self.names) {
                csv.push(',');
                csv.push_str(&field(&format!("{prefix}{name}")));
            }
        }
        csv.push('\n');
        for record in &self.records {
            csv.push_str(&record.epoch.to_string());
            push_fields(&mut csv, Some(&record.training), self.names.len());
            push_fields(&mut csv, record.validation.as_ref(), self.names.len());
            csv.push('\n');
        }
        csv
    }

    /// A JSON object per epoch, each on a line: `{"epoch":1,"loss":…,"validation_loss":…}`; an epoch without validation has
    /// no such members. Numbers are written so that reading them gives the same bits; what JSON has no number for, NaN and
    /// infinities, is `null`.
    #[must_use]
    pub fn to_json_lines(&self) -> String {
        let mut lines = String::new();
        for record in &self.records {
            // Writing to a string cannot fail.
            let _ = write!(lines, "{{\"epoch\":{}", record.epoch);
            self.push_members(&mut lines, "", &record.training);
            if let Some(validation) = &record.validation {
                self.push_members(&mut lines, "validation_", validation);
            }
            lines.push_str("}\n");
        }
        lines
    }

    /// The members of a JSON object, a comma before each.
    fn push_members(&self, json: &mut String, prefix: &str, evaluation: &Evaluation) {
        let numbers = [evaluation.loss].into_iter();
        let numbers = numbers.chain(evaluation.metrics.iter().copied());
        for (name, x) in ["loss"].iter().chain(&self.names).zip(numbers) {
            let name = quoted(&format!("{prefix}{name}"));
            let _ = if x.is_finite() {
                write!(json, ",{name}:{x}")
            } else {
                write!(json, ",{name}:null")
            };
        }
    }
}

/// A string of JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        if c < ' ' {
            let _ = write!(quoted, "\\u{:04x}", u32::from(c));
        } else {
            let escape = matches!(c, '"' | '\\').then_some('\\');
            quoted.extend(escape.into_iter().chain([c]));
        }
    }
    quoted.push('"');
    quoted
}

/// A field of a CSV file.
fn field(name: &str) -> String {
    if name.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", name.replace('"', "\"\""))
    } else {
        name.to_owned()
    }
}

fn push_fields(csv: &mut String, evaluation: Option<&Evaluation>, metrics: usize) {
    let Some(evaluation) = evaluation else {
        csv.push_str(&",".repeat(1 + metrics));
        return;
    };
    for x in [evaluation.loss].iter().chain(&evaluation.metrics) {
        // Writing to a string cannot fail.
        let _ = write!(csv, ",{x}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_commas_and_quotes_are_one_field() {
        let header = History::new(vec!["F1, macro", "\"hits\""]).to_csv();
        let names = "epoch,loss,\"F1, macro\",\"\"\"hits\"\"\",validation_loss";
        assert!(header.starts_with(names), "{header}");
    }

    #[test]
    fn what_json_has_no_number_for_is_null() {
        let mut history = History::new(vec!["a \"b\"\n"]);
        let training = Evaluation {
            loss: 1e-7,
            metrics: vec![f64::NAN],
        };
        history.push(EpochRecord {
            epoch: 1,
            validation: Some(training.clone()),
            training,
        });
        assert_eq!(
            history.to_json_lines(),
            "{\"epoch\":1,\"loss\":0.0000001,\"a \\\"b\\\"\\u000a\":null,\
             \"validation_loss\":0.0000001,\"validation_a \\\"b\\\"\\u000a\":null}\n"
        );
    }

    #[test]
    fn a_line_per_epoch() {
        let mut history = History::new(vec!["accuracy"]);
        let training = Evaluation {
            loss: 0.5,
            metrics: vec![0.75],
        };
        let validation = Some(Evaluation {
            loss: 0.25,
            metrics: vec![1.0],
        });
        history.push(EpochRecord {
            epoch: 1,
            training: training.clone(),
            validation: None,
        });
        history.push(EpochRecord {
            epoch: 2,
            training,
            validation,
        });
        let header = "epoch,loss,accuracy,validation_loss,validation_accuracy";
        assert_eq!(
            history.to_csv(),
            format!("{header}\n1,0.5,0.75,,\n2,0.5,0.75,0.25,1\n")
        );
    }
}
