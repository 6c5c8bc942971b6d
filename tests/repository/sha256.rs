//! The secure hash algorithm SHA-256 (FIPS 180-4, §5 and §6.2), for the digests that generated files carry.

/// The digest of a text, in hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    let constants = primes(64).map(|p| fraction(p.cbrt()));
    let constants: Vec<u32> = constants.collect();
    let mut hash: Vec<u32> = primes(8).map(|p| fraction(p.sqrt())).collect();
    for block in padded(text.as_bytes()).chunks_exact(64) {
        let rounds = compress(&hash, &schedule(block), &constants);
        for (h, r) in hash.iter_mut().zip(rounds) {
            *h = h.wrapping_add(r);
        }
    }
    let words: Vec<String> = hash.iter().map(|word| format!("{word:08x}")).collect();
    words.concat()
}

/// A one, zeros, and the length in bits, up to a multiple of 64 bytes.
fn padded(message: &[u8]) -> Vec<u8> {
    let mut bytes = message.to_vec();
    bytes.push(0x80);
    while bytes.len() % 64 != 56 {
        bytes.push(0);
    }
    bytes.extend((message.len() as u64 * 8).to_be_bytes());
    bytes
}

/// The 64 words of a block: 16 are its own, the others follow.
fn schedule(block: &[u8]) -> Vec<u32> {
    let mut w: Vec<u32> = block
        .chunks_exact(4)
        .map(|bytes| {
            bytes
                .iter()
                .fold(0, |word, &byte| word << 8 | u32::from(byte))
        })
        .collect();
    for t in 16..64 {
        let (a, b) = (w[t - 15], w[t - 2]);
        let small = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
        let large = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
        w.push(
            large
                .wrapping_add(w[t - 7])
                .wrapping_add(small)
                .wrapping_add(w[t - 16]),
        );
    }
    w
}

/// 64 rounds; eight words, named as in the standard.
fn compress(hash: &[u32], w: &[u32], k: &[u32]) -> Vec<u32> {
    let mut v = hash.to_vec(); // a, b, c, d, e, f, g, h
    for (w, k) in w.iter().zip(k) {
        let (a, e) = (v[0], v[4]);
        let choice = (e & v[5]) ^ (!e & v[6]);
        let majority = (a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]);
        let t1 = v[7]
            .wrapping_add(e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25))
            .wrapping_add(choice)
            .wrapping_add(*k)
            .wrapping_add(*w);
        let t2 =
            (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22)).wrapping_add(majority);
        v.rotate_right(1);
        v[0] = t1.wrapping_add(t2);
        v[4] = v[4].wrapping_add(t1);
    }
    v
}

fn primes(n: usize) -> impl Iterator<Item = f64> {
    let prime = |p: &u32| (2..*p).all(|d| !p.is_multiple_of(d));
    (2..).filter(prime).take(n).map(f64::from)
}

/// The first 32 bits after the point.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the first bits are what is asked"
)]
fn fraction(x: f64) -> u32 {
    (x.fract() * 2.0_f64.powi(32)) as u32
}

#[test]
fn digests_are_those_of_the_standard() {
    assert_eq!(
        sha256("abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(
        sha256(""),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    // 56 bytes: the length needs a second block.
    assert_eq!(
        sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    );
}
