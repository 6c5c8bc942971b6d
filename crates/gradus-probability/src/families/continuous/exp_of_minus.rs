//! An exponential that falls, and what it leaves of one.

use super::nearest_part::nearest_part;

/// $`e^{-t}`$ for $`t \ge 0`$.
///
/// Around the nearest eighth n/8 with $`t = \tfrac n8 + u`$, from a table,
///
/// ```math
/// e^{-t} = e^{-n/8} - e^{-n/8} (1 - e^{-u}), \qquad 1 - e^{-u} = u - u^2 \left( \tfrac1{2!} - \tfrac u{3!} + \cdots \right)
/// ```
///
/// up to 5, where most of a law lies, in half of the time of `exp`. The second term is small: the sum is rounded once.
#[inline]
pub(super) fn exp_of_minus(t: f64) -> f64 {
    let (n, eighths) = nearest_part(t, 8.0);
    let u = t - eighths; // exact
    match AT_EIGHTHS.get(n) {
        Some([_, _, power, left_over]) => power + (left_over - power * near_zero(u)),
        None => (-t).exp(),
    }
}

/// $`1 - e^{-t} = (1 - e^{-n/8}) + e^{-n/8} (1 - e^{-u})`$ for $`t \ge 0`$, likewise; never −0.
///
/// One way for small t, which keep their digits, and for larger ones. From 5 on, 1 minus the power is rounded once.
#[inline]
pub(super) fn complement_of_exp(t: f64) -> f64 {
    let (n, eighths) = nearest_part(t, 8.0);
    let u = t - eighths; // exact
    match AT_EIGHTHS.get(n) {
        Some([complement, left_over, power, _]) => complement + (left_over + power * near_zero(u)),
        None => 1.0 - (-t).exp(),
    }
}

/// $`1 - e^{-u}`$ for $`\lvert u \rvert \le \tfrac1{16}`$, from nine terms of its power series, which lack less than $`10^{-18}`$ of it.
#[inline]
fn near_zero(u: f64) -> f64 {
    let s = u * u;
    let even = 1.0 / 2.0 + s * (1.0 / 24.0 + s * (1.0 / 720.0 + s * (1.0 / 40_320.0)));
    let odd = 1.0 / 6.0 + s * (1.0 / 120.0 + s * (1.0 / 5040.0 + s * (1.0 / 362_880.0)));
    u - s * (even - u * odd)
}

/// For n from 0 to 40 the complement $`1 - e^{-n/8}`$ and the power $`e^{-n/8}`$, each with what rounding it left over (to two digits); mpmath at 60 digits.
static AT_EIGHTHS: [[f64; 4]; 41] = [
    [0.0, 0.0, 1.0, 0.0],
    [0.1175030974154046, -3.3e-18, 0.8824969025845955, -5.2e-17],
    [0.22119921692859512, 1.0e-17, 0.7788007830714049, -1.0e-17],
    [0.3127107212090278, -1.8e-17, 0.6872892787909722, -3.7e-17],
    [0.3934693402873666, 6.6e-19, 0.6065306597126334, -6.6e-19],
    [0.4647385714810098, -1.9e-17, 0.5352614285189903, -3.7e-17],
    [0.5276334472589853, -1.8e-17, 0.4723665527410147, 1.8e-17],
    [0.5831379803214916, 4.2e-17, 0.4168620196785084, 1.4e-17],
    [0.6321205588285577, 1.2e-17, 0.36787944117144233, -1.2e-17],
    [0.6753475326416503, 9.1e-18, 0.32465246735834974, -9.1e-18],
    [0.7134952031398099, 4.7e-17, 0.2865047968601901, 8.5e-18],
    [0.7471604041952535, -1.4e-17, 0.25283959580474646, 1.4e-17],
    [0.7768698398515702, -3.9e-17, 0.22313016014842982, 1.1e-17],
    [0.8030883247958059, 8.7e-18, 0.19691167520419406, -8.7e-18],
    [0.8262260565495548, 4.1e-17, 0.17377394345044514, -1.3e-17],
    [0.8466450331550716, -2.1e-17, 0.15335496684492847, -6.5e-18],
    [0.8646647167633873, 1.0e-17, 0.1353352832366127, -1.0e-17],
    [0.8805670317332804, -5.4e-17, 0.11943296826671962, -1.1e-18],
    [0.8946007754381357, 9.6e-18, 0.10539922456186433, 4.3e-18],
    [0.9069855107893365, -2.2e-17, 0.09301448921066349, -5.7e-18],
    [0.9179150013761012, 4.6e-17, 0.0820849986238988, -4.8e-18],
    [0.9275602429657486, -3.4e-17, 0.07243975703425146, 6.4e-18],
    [0.9360721387932924, -2.5e-18, 0.06392786120670757, 2.5e-18],
    [0.9435838604962227, -1.9e-17, 0.05641613950377735, -2.0e-18],
    [0.950212931632136, 8.4e-18, 0.049787068367863944, -1.5e-18],
    [0.9560630663765926, 3.1e-17, 0.04393693362340742, -3.0e-18],
    [0.961225792168278, 2.0e-17, 0.03877420783172201, 1.1e-18],
    [0.965781881688334, -4.4e-17, 0.03421811831166603, 2.7e-18],
    [0.9698026165776815, -2.1e-17, 0.0301973834223185, -1.3e-19],
    [0.9733509026636445, -3.2e-17, 0.026649097336355485, 8.9e-19],
    [0.9764822541439909, -3.2e-17, 0.023517745856009107, 1.3e-18],
    [0.9792456621263003, -7.0e-18, 0.020754337873699742, 1.5e-20],
    [0.9816843611112658, 4.0e-17, 0.01831563888873418, 1.6e-18],
    [0.9838365054118341, 3.0e-17, 0.016163494588165874, 9.9e-19],
    [0.9857357660910008, -3.1e-17, 0.014264233908999256, -2.3e-19],
    [0.987411857757566, -1.2e-17, 0.012588142242433998, -3.8e-20],
    [0.9888910034617577, -4.0e-17, 0.011108996538242306, 4.1e-19],
    [0.9901963449641782, -1.6e-17, 0.009803655035821828, 5.1e-19],
    [0.9913483047968794, -4.3e-17, 0.008651695203120634, 1.0e-19],
    [0.99236490578114, 3.3e-17, 0.007635094218859962, -2.3e-20],
    [0.9932620530009145, 8.6e-18, 0.006737946999085467, 9.6e-20],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_exp_and_exp_m1() {
        for k in 0..=8000 {
            let t = f64::from(k) / 1000.0;
            let (y, expected) = (complement_of_exp(t), -(-t).exp_m1());
            assert!((y - expected).abs() <= 2.0 * f64::EPSILON * expected, "{t}");
            let (y, expected) = (exp_of_minus(t), (-t).exp());
            assert!((y - expected).abs() <= f64::EPSILON * expected, "{t}");
        }
        for t in [5e-324, 1e-300, 1e-17, 1e-9] {
            assert_eq!(complement_of_exp(t), -(-t).exp_m1());
        }
    }

    #[test]
    fn ends_and_nan() {
        assert_eq!(complement_of_exp(0.0).to_bits(), 0);
        assert_eq!(complement_of_exp(-0.0).to_bits(), 0);
        for t in [40.0, 1e16, 1e300, f64::INFINITY] {
            assert_eq!((complement_of_exp(t), exp_of_minus(t)), (1.0, (-t).exp()));
        }
        assert_eq!(exp_of_minus(0.0), 1.0);
        assert!(complement_of_exp(f64::NAN).is_nan() && exp_of_minus(f64::NAN).is_nan());
    }
}
