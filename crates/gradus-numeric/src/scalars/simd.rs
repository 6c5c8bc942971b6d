//! Loops with the widest vectors of the machine.

/// Runs `body` compiled for the widest vectors that this processor has.
///
/// The result has the same bits on every instruction set as long as the loop does the same operations in
/// the same order: vectors only change how many entries one instruction handles.
///
/// # Numerics
///
/// Two conditions decide whether the loop really is vectorized, and neither shows in the result: the
/// closure must be `#[inline(always)]`, and closures it calls must own what they capture (`move`).
///
/// # Examples
///
/// ```
/// use gradus_numeric::vectorized;
///
/// let mut x = [1.0_f32, 2.0, 3.0];
/// vectorized(
///     #[inline(always)]
///     || x.iter_mut().for_each(|x| *x *= 2.0),
/// );
/// assert_eq!(x, [2.0, 4.0, 6.0]);
/// ```
#[inline(always)]
pub fn vectorized<R>(body: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(body)
}
