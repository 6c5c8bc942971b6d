//! The reference answer to `313_explaining_away`.

pub fn explaining_away(rain: f64, sprinkler: f64, wet: [[f64; 2]; 2]) -> (f64, f64) {
    let joint = |r: usize, s: usize| {
        let p = |probability: f64, value: usize| [1.0 - probability, probability][value];
        p(rain, r) * p(sprinkler, s) * wet[r][s]
    };
    let (on, off) = (joint(0, 1) + joint(1, 1), joint(0, 0) + joint(1, 0));
    (on / (on + off), joint(1, 1) / (joint(1, 0) + joint(1, 1)))
}
