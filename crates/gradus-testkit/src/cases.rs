//! How many cases a law is tried on, from which seed, and where failures are kept.

use crate::legible::Legible;
use proptest::test_runner::{
    Config, FailurePersistence, FileFailurePersistence, PersistedSeed, RngSeed,
    contextualize_config,
};
use std::any::Any;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

/// The configuration of every property test: the same cases on every run, and failures are kept.
///
/// - 128 cases a law, from one fixed seed: a green run stays green.
/// - `PROPTEST_CASES` and the other variables of proptest are honored, as proptest itself reads them:
///   `PROPTEST_CASES=100000 PROPTEST_RNG_SEED=7 cargo test` searches further. (This is the one place
///   where this workspace looks at the environment.)
/// - A failing input is shown with its matrices as rows, and its seed is written to `proptest-regressions/` of the crate that owns the test
///   (`proptest-regressions/tests/laws.txt` for `tests/laws.rs`), to be committed; kept cases run first.
///
/// # Examples
///
/// ```
/// use gradus_testkit::{cases, relative};
/// use proptest::prelude::*;
///
/// proptest!(cases(), |(x in -1e3..1e3)| {
///     relative(2.0 * x, x + x, 0.0)?;
/// });
/// ```
///
/// and in a test file:
///
/// ```text
/// proptest! {
///     #![proptest_config(cases())]
///
///     #[test]
///     fn doubling_is_adding(x in -1e3..1e3) {
///         relative(2.0 * x, x + x, 0.0)?;
///     }
/// }
/// ```
#[must_use]
pub fn cases() -> Config {
    let config = contextualize_config(Config {
        cases: 128,
        rng_seed: RngSeed::Fixed(SEED),
        failure_persistence: Some(Box::new(PackageRegressions)),
        ..Config::default()
    });
    Config {
        // As many for every case as the default grants to 256 of them.
        max_global_rejects: config.max_global_rejects.max(4 * config.cases),
        ..config
    }
}

/// Keeps failing seeds in the package that owns the test, for unit and integration tests alike.
///
/// proptest's own choice looks for `lib.rs` above the test, and there is none above `tests/`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PackageRegressions;

impl FailurePersistence for PackageRegressions {
    fn load_persisted_failures2(&self, source_file: Option<&'static str>) -> Vec<PersistedSeed> {
        persistence(source_file).load_persisted_failures2(source_file)
    }

    fn save_persisted_failure2(
        &mut self,
        source_file: Option<&'static str>,
        seed: PersistedSeed,
        shrunken_value: &dyn Debug,
    ) {
        let legible = Legible(shrunken_value);
        show(&legible, shrunken_value);
        persistence(source_file).save_persisted_failure2(source_file, seed, &legible);
    }

    fn box_clone(&self) -> Box<dyn FailurePersistence> {
        Box::new(*self)
    }

    fn eq(&self, other: &dyn FailurePersistence) -> bool {
        other.as_any().is::<Self>()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Shows what proptest is about to print, if that would be the storage of a matrix.
#[allow(
    clippy::print_stderr,
    reason = "part of the report of a test that fails"
)]
fn show(legible: &Legible<'_>, value: &dyn Debug) {
    let text = format!("{legible:?}");
    if text != format!("{value:?}") {
        eprintln!("minimal failing input, matrices by rows: {text}");
    }
}

/// proptest's file format at the place of [`regressions`].
fn persistence(source_file: Option<&'static str>) -> FileFailurePersistence {
    let working_directory = std::env::current_dir().unwrap_or_default();
    source_file
        .and_then(|source| regressions(&working_directory, Path::new(source)))
        .and_then(|path| path.into_os_string().into_string().ok())
        .map_or(FileFailurePersistence::Off, |path| {
            // proptest wants a static path; a test binary asks for a handful.
            FileFailurePersistence::Direct(path.leak())
        })
}

/// `package/proptest-regressions/tests/laws.txt` for `package/tests/laws.rs`.
///
/// The compiler names a source file relative to the workspace, cargo runs a test in its package: the
/// file is looked for in every directory upwards.
fn regressions(working_directory: &Path, source: &Path) -> Option<PathBuf> {
    let source = working_directory
        .ancestors()
        .map(|directory| directory.join(source))
        .find(|candidate| candidate.is_file())?;
    let package = source
        .ancestors()
        .find(|directory| directory.join("Cargo.toml").is_file())?;
    let inside = source.strip_prefix(package).ok()?;
    Some(
        package
            .join("proptest-regressions")
            .join(inside)
            .with_extension("txt"),
    )
}

/// The digits of e: any number would do, as long as it stays.
const SEED: u64 = 2718281828;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regressions_lie_in_the_package_of_the_test() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let expected = package.join("proptest-regressions/src/cases.txt");
        assert_eq!(regressions(package, Path::new(file!())), Some(expected));
        assert_eq!(regressions(package, Path::new("no/such/file.rs")), None);
    }

    #[test]
    fn the_seed_is_fixed_and_failures_are_kept() {
        let config = cases();
        assert!(matches!(config.rng_seed, RngSeed::Fixed(_)));
        let kept = config.failure_persistence.expect("kept");
        assert!(kept.as_any().is::<PackageRegressions>());
    }
}
