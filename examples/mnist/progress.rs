//! The progress bar, on stderr, and the clock.

use crate::screen::whisper;
use gradus::nn::{Callback, Evaluation, Event};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// Shows a bar while an epoch runs, leaves a line when it ends, and takes the time of the training alone.
pub(crate) struct Progress {
    bar: ProgressBar,
    epochs: u64,
    start: Instant,
    drawn: Instant,
    visible: bool,
    pub(crate) epoch_seconds: Vec<f64>,
}

impl Progress {
    pub(crate) fn new(epochs: u64, samples: usize) -> Self {
        let visible = std::io::stderr().is_terminal();
        let bar = if visible {
            ProgressBar::new(epochs * samples as u64)
        } else {
            ProgressBar::hidden()
        };
        let template = "{bar:30} {percent:>3}% {msg} {per_sec} left {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            let rate = |state: &indicatif::ProgressState, w: &mut dyn std::fmt::Write| {
                // Writing to the bar's own buffer cannot fail.
                let _ = write!(w, "{:.0} samples/s", state.per_sec());
            };
            bar.set_style(style.with_key("per_sec", rate));
        }
        let now = Instant::now();
        Self {
            bar,
            epochs,
            start: now,
            drawn: now,
            visible,
            epoch_seconds: Vec::new(),
        }
    }

    fn step(&mut self, epoch: u64, done: usize, of: usize, so_far: &Evaluation) {
        if !self.visible || self.drawn.elapsed() < REDRAW {
            return;
        }
        self.drawn = Instant::now();
        self.bar.set_position((epoch - 1) * of as u64 + done as u64);
        self.bar.set_message(format!(
            "epoch {epoch}/{} {}",
            self.epochs,
            describe(so_far)
        ));
    }

    fn epoch(&self, epoch: u64, training: &Evaluation) {
        let seconds = self.epoch_seconds.last().copied().unwrap_or(0.0);
        let line = format!(
            "epoch {epoch:>3}/{}  {}  {seconds:.3} s",
            self.epochs,
            describe(training)
        );
        if self.visible {
            self.bar.println(line);
        } else {
            whisper(line);
        }
        if epoch == self.epochs {
            self.bar.finish_and_clear();
        }
    }
}

impl Callback<f32> for Progress {
    fn on(&mut self, event: &Event<'_, f32>) -> ControlFlow<()> {
        match *event {
            Event::EpochStart { .. } => self.start = Instant::now(),
            Event::Step {
                epoch,
                samples,
                of,
                so_far,
                ..
            } => self.step(epoch, samples, of, so_far),
            Event::EpochTrained { .. } => {
                self.epoch_seconds.push(self.start.elapsed().as_secs_f64());
            }
            Event::EpochEnd { record, .. } => self.epoch(record.epoch, &record.training),
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// Loss and accuracy in words.
pub(crate) fn describe(evaluation: &Evaluation) -> String {
    let accuracy = evaluation.metrics.first().copied().unwrap_or(f64::NAN);
    format!(
        "loss {:.4}  accuracy {:.2} %",
        evaluation.loss,
        100.0 * accuracy
    )
}

/// The bar is drawn at most so often.
const REDRAW: Duration = Duration::from_millis(50);
