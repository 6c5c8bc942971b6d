//! The reference answer to `647_cosine_rate`.

pub fn cosine_rate(step: usize, steps: usize, start: f64, end: f64) -> f64 {
    if step >= steps {
        return end;
    }
    let share = step as f64 / steps as f64;
    end + 0.5 * (start - end) * (1.0 + (std::f64::consts::PI * share).cos())
}
