//! How sure is a share? Book: *How sure is a share?*.

/// Wilson's interval: the lowest and the highest p from which the share $`\hat p = k / n`$ is at most z standard deviations away,
/// $`\lvert \hat p - p \rvert \le z \sqrt{p (1 - p) / n}`$.
///
/// Its ends are $`\frac{1}{n + z^2} \left( k + \frac{z^2}{2} \pm z \sqrt{k\,\frac{n - k}{n} + \frac{z^2}{4}} \right)`$.
pub fn wilson_interval(successes: u32, trials: u32, z: f64) -> (f64, f64) {
    todo!("{successes:?} {trials:?} {z:?}")
}

gradus_judges::judge!(wilson_interval);
