//! The reference answer to `422_kl_normal`.

pub fn kl_normal(p: (f64, f64), q: (f64, f64)) -> f64 {
    let ((mp, sp), (mq, sq)) = (p, q);
    (sq / sp).ln() + (sp * sp + (mp - mq) * (mp - mq)) / (2.0 * sq * sq) - 0.5
}
