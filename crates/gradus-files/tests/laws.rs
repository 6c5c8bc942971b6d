//! The laws of files that are written whole or not at all.

use gradus_files::{FileError, prepare_folder, write, write_with};
use gradus_testkit::cases;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// An empty folder, removed when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("files-{}-{number}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The content of every file, by its name.
    fn contents(&self) -> io::Result<BTreeMap<String, Vec<u8>>> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            found.insert(name, fs::read(entry.path())?);
        }
        Ok(found)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What happens in a folder.
#[derive(Clone, Debug)]
enum Step {
    /// A write of some bytes.
    Write(usize, Vec<u8>),
    /// A write that fails after some bytes.
    Fail(usize, Vec<u8>),
    /// A write that panics after some bytes.
    Panic(usize, Vec<u8>),
    /// A process that was killed here, with some bytes written.
    Killed(u32, Vec<u8>),
}

/// Short names, a hidden one, one like that of a temporary file, and names as long as they can be.
fn names() -> [String; 6] {
    let long = |n: usize| "n".repeat(n);
    [
        "a".into(),
        "b.svg".into(),
        ".c".into(),
        "d.part".into(),
        long(250),
        long(255),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let bytes = || {
        let few = prop::collection::vec(any::<u8>(), 0..4);
        let many = (any::<u8>(), 0..200_000_usize).prop_map(|(byte, n)| vec![byte; n]);
        prop_oneof![few, many]
    };
    let file = || 0..names().len();
    prop_oneof![
        4 => (file(), bytes()).prop_map(|(file, bytes)| Step::Write(file, bytes)),
        2 => (file(), bytes()).prop_map(|(file, bytes)| Step::Fail(file, bytes)),
        1 => (file(), bytes()).prop_map(|(file, bytes)| Step::Panic(file, bytes)),
        1 => (any::<u32>(), bytes()).prop_map(|(id, bytes)| Step::Killed(id, bytes)),
    ]
}

fn take(folder: &Folder, step: &Step, expected: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let names = names();
    match step {
        Step::Write(file, bytes) => {
            write(folder.join(&names[*file]), bytes).map_err(|error| error.kind())?;
            expected.insert(names[*file].clone(), bytes.clone());
        }
        Step::Fail(file, bytes) => {
            let failed = write_with(folder.join(&names[*file]), |out| {
                out.write_all(bytes)?;
                Err(io::ErrorKind::StorageFull.into())
            });
            let path = folder.join(&names[*file]);
            let kind = io::ErrorKind::StorageFull;
            assert_eq!(failed, Err(FileError::Write { path, kind }));
        }
        Step::Panic(file, bytes) => {
            let path = folder.join(&names[*file]);
            let caught = std::panic::catch_unwind(|| {
                write_with(path, |out| {
                    out.write_all(bytes)?;
                    std::panic::resume_unwind(Box::new("as if the closure had panicked"))
                })
            });
            assert!(caught.is_err());
        }
        Step::Killed(id, bytes) => {
            fs::write(folder.join(&format!(".gradus-{id}-0.part")), bytes)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_file_is_the_last_whole_write(steps in prop::collection::vec(step(), 1..12)) {
        let (folder, mut expected) = (Folder::new()?, BTreeMap::new());
        for step in &steps {
            take(&folder, step, &mut expected)?;
        }
        // The last write sweeps what killed writers have left.
        take(&folder, &Step::Write(0, vec![7]), &mut expected)?;
        prop_assert!(folder.contents()? == expected, "{:?}", steps);
    }
}

#[test]
fn readers_see_whole_files_while_others_write() -> io::Result<()> {
    const WRITES: u8 = 30;
    let folder = Folder::new()?;
    let path = folder.join("shared");
    let whole = |bytes: &[u8]| bytes.len() == 50_000 && bytes.iter().all(|b| *b == bytes[0]);
    write(&path, vec![0; 50_000]).map_err(|error| error.kind())?;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4_u8)
            .map(|writer| {
                let path = &path;
                scope.spawn(move || {
                    (0..WRITES).try_for_each(|n| write(path, vec![writer * WRITES + n; 50_000]))
                })
            })
            .collect();
        let reader = scope.spawn(|| -> io::Result<bool> {
            let mut all = true;
            while !done.load(Ordering::Relaxed) {
                all &= whole(&fs::read(&path)?);
            }
            Ok(all)
        });
        let results: Vec<_> = writers
            .into_iter()
            .map(std::thread::ScopedJoinHandle::join)
            .collect();
        done.store(true, Ordering::Relaxed);
        // No writer has taken the temporary file of another one for a leftover.
        assert!(
            results.iter().all(|result| matches!(result, Ok(Ok(())))),
            "{results:?}"
        );
        assert!(matches!(reader.join(), Ok(Ok(true))));
    });
    assert_eq!(folder.contents()?.len(), 1);
    Ok(())
}

#[test]
fn a_write_inside_a_write_leaves_it_alone() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Folder::new()?;
    write_with(folder.join("outer"), |out| {
        out.write_all(b"half, ")?;
        write(folder.join("inner"), "inner").map_err(|error| error.kind())?;
        prepare_folder(&folder.0).map_err(|error| error.kind())?;
        out.write_all(b"whole")
    })?;
    let names: Vec<String> = folder.contents()?.into_keys().collect();
    assert_eq!(names, ["inner", "outer"]);
    assert_eq!(fs::read(folder.join("outer"))?, b"half, whole");
    Ok(())
}

#[test]
fn folders_are_made_tried_and_swept() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Folder::new()?;
    let inner = folder.join("a").join("b");
    prepare_folder(&inner)?;
    fs::write(inner.join(".gradus-1-2.part"), "left")?;
    fs::write(inner.join("gradus-1-2.part"), "not ours")?;
    prepare_folder(&inner)?;
    let left: Vec<_> = fs::read_dir(&inner)?
        .flatten()
        .map(|it| it.file_name())
        .collect();
    assert_eq!(left, ["gradus-1-2.part"]);
    assert_eq!(prepare_folder(""), Ok(())); // the current one
    write(folder.join("file"), "x")?;
    let refused = prepare_folder(folder.join("file"));
    assert!(
        matches!(refused, Err(FileError::Folder { .. })),
        "{refused:?}"
    );
    Ok(())
}

#[test]
fn folders_and_missing_folders_are_refused() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Folder::new()?;
    let kind = io::ErrorKind::IsADirectory;
    let path = folder.0.clone();
    assert_eq!(write(&path, "x"), Err(FileError::Write { path, kind }));
    let missing = write(folder.join("no/such/file"), "x");
    let told = missing.as_ref().map_err(ToString::to_string);
    let (path, kind) = (folder.join("no/such"), io::ErrorKind::NotFound);
    assert_eq!(missing, Err(FileError::Folder { path, kind }));
    assert!(told.is_err_and(|told| told.ends_with("no/such takes no files: entity not found")));
    assert!(write("", "x").is_err() && write("..", "x").is_err());
    Ok(())
}

#[cfg(unix)]
mod unix {
    //! Modes, links and devices.

    use super::Folder;
    use gradus_files::{write, write_with};
    use std::error::Error;
    use std::fs::{self, Permissions};
    use std::io;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;

    fn mode(path: &Path) -> io::Result<u32> {
        Ok(fs::metadata(path)?.permissions().mode() & 0o7777)
    }

    #[test]
    fn modes_are_kept_and_never_wider_on_the_way() -> Result<(), Box<dyn Error>> {
        let folder = Folder::new()?;
        for kept in [0o600, 0o640, 0o644, 0o666, 0o755] {
            let path = folder.join("a");
            write(&path, "old")?;
            fs::set_permissions(&path, Permissions::from_mode(kept))?;
            let mut seen = Vec::new();
            write_with(&path, |out| {
                for entry in fs::read_dir(&folder.0)? {
                    seen.push(mode(&entry?.path())?);
                }
                out.write_all(b"new")
            })?;
            assert!(
                seen.len() == 2 && seen.iter().all(|it| it & !kept == 0),
                "{seen:?}"
            );
            assert_eq!((mode(&path)?, fs::read(&path)?), (kept, b"new".into()));
        }
        Ok(())
    }

    #[test]
    fn links_are_followed_and_stay() -> Result<(), Box<dyn Error>> {
        let folder = Folder::new()?;
        fs::create_dir(folder.join("far"))?;
        symlink("far/file", folder.join("near"))?;
        symlink(folder.join("near"), folder.join("nearer"))?;
        for content in ["first", "second"] {
            write(folder.join("nearer"), content)?; // at first the link leads to nothing
            assert_eq!(fs::read(folder.join("far/file"))?, content.as_bytes());
        }
        assert!(fs::symlink_metadata(folder.join("near"))?.is_symlink());
        assert_eq!(fs::read_dir(folder.join("far"))?.count(), 1);
        symlink("round", folder.join("round"))?;
        assert!(write(folder.join("round"), "x").is_err());
        Ok(())
    }

    #[test]
    fn devices_are_written_and_not_replaced() -> Result<(), Box<dyn Error>> {
        write("/dev/null", "gone")?;
        assert!(!fs::metadata("/dev/null")?.is_file());
        if Path::new("/dev/full").exists() {
            let error = write("/dev/full", "no place").err();
            assert_eq!(
                error.map(|error| error.kind()),
                Some(io::ErrorKind::StorageFull)
            );
        }
        Ok(())
    }

    /// Not for the administrator, for whom nothing is read-only.
    #[test]
    fn what_is_read_only_stays() -> Result<(), Box<dyn Error>> {
        let folder = Folder::new()?;
        let path = folder.join("a");
        write(&path, "old")?;
        fs::set_permissions(&path, Permissions::from_mode(0o444))?;
        let administrator = fs::OpenOptions::new().write(true).open(&path).is_ok();
        assert_eq!(write(&path, "new").is_ok(), administrator);
        fs::set_permissions(&folder.0, Permissions::from_mode(0o555))?;
        assert_eq!(write(folder.join("b"), "new").is_ok(), administrator);
        assert_eq!(
            gradus_files::prepare_folder(&folder.0).is_ok(),
            administrator
        );
        fs::set_permissions(&folder.0, Permissions::from_mode(0o755))?;
        Ok(())
    }
}
