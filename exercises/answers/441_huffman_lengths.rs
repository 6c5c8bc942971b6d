//! The reference answer to `441_huffman_lengths`.

pub fn huffman_lengths(weights: &[f64]) -> Vec<usize> {
    let mut lengths = vec![0; weights.len()];
    let mut groups: Vec<(f64, Vec<usize>)> = weights
        .iter()
        .copied()
        .zip((0..).map(|i| vec![i]))
        .collect();
    while groups.len() > 1 {
        groups.sort_by(|a, b| b.0.total_cmp(&a.0)); // the two lightest are last
        let (Some((w, mut symbols)), Some((v, others))) = (groups.pop(), groups.pop()) else {
            break;
        };
        symbols.extend(others);
        for &symbol in &symbols {
            lengths[symbol] += 1; // all words of the group get one bit more
        }
        groups.push((w + v, symbols));
    }
    lengths
}
