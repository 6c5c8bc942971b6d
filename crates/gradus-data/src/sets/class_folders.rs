//! Image data sets as folders of pictures.

use crate::error::DataError;
use crate::formats::input::check;
use crate::formats::{GrayImage, Limits, pgm, png};
use crate::sets::images::LabelledImages;
use std::ffi::OsStr;
use std::fs::read_dir;
use std::path::{Path, PathBuf};

/// Images from folders, one for each class.
///
/// # Examples
///
/// See [`open_class_folders`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassFolders {
    /// All images, the folder of class 0 first, each folder in the order of the names.
    pub images: LabelledImages,
    /// The names of the folders, one a class, in alphabetical order of their bytes.
    pub names: Vec<String>,
    /// Where each image comes from.
    pub paths: Vec<PathBuf>,
    /// What was passed over: files beside the folders of the classes, and in these what is no picture by its name.
    pub skipped: Vec<PathBuf>,
}

/// Opens a folder that has a folder of pictures for each class.
///
/// ```text
/// animals/cat/01.png   animals/cat/02.png   animals/dog/a.pgm   …
/// ```
///
/// Pictures are gray, all of one size, in files that end in `.png` or `.pgm` (or the same in capitals). Folders and files
/// whose names begin with a dot are not looked at; other files are listed in [`skipped`](ClassFolders::skipped).
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | classes and images stand in the order of their names, whatever the folder lists first | `class_folders_are_read_in_the_order_of_their_names` |
///
/// # Errors
///
/// [`DataError::InFile`] with a path and the reason: [`DataError::Io`], [`DataError::Empty`] for a folder without classes
/// and for a class without pictures, [`DataError::UnequalImages`], one of the errors of [`png::read`] or [`pgm::read`],
/// [`DataError::LimitExceeded`] for too many classes or pixels.
///
/// # Examples
///
/// ```no_run
/// use gradus_data::{Limits, open_class_folders};
///
/// let animals = open_class_folders("animals", &Limits::default())?;
/// assert_eq!(animals.names, ["cat", "dog"]);
/// println!("{} images of {} pixels", animals.images.len(), animals.images.size());
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[doc(alias = "ImageFolder")]
pub fn open_class_folders(
    folder: impl AsRef<Path>,
    limits: &Limits,
) -> Result<ClassFolders, DataError> {
    let folder = folder.as_ref();
    let (classes, skipped): (Vec<_>, Vec<_>) =
        entries(folder)?.into_iter().partition(|path| path.is_dir());
    check("classes", limits.classes, classes.len() as u64)
        .map_err(|error| error.in_file(folder))?;
    let mut gathered = Gathered {
        skipped,
        ..Gathered::default()
    };
    for (label, class) in (0..).zip(&classes) {
        gathered.class(class, label, limits)?;
    }
    let Some((size, white)) = gathered.kind.map(|image| (image.size, image.white)) else {
        return Err(DataError::Empty.in_file(folder));
    };
    let count = u32::try_from(classes.len()).map_err(|_| DataError::SizeOverflow)?;
    let images = LabelledImages::new(gathered.pixels, size, white, gathered.labels, count);
    Ok(ClassFolders {
        images: images.map_err(|error| error.in_file(folder))?,
        names: classes.iter().map(|class| name(class)).collect(),
        paths: gathered.paths,
        skipped: gathered.skipped,
    })
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Gathered {
    /// The first image, without its pixels.
    kind: Option<GrayImage>,
    pixels: Vec<u8>,
    labels: Vec<u32>,
    paths: Vec<PathBuf>,
    skipped: Vec<PathBuf>,
}

impl Gathered {
    /// All pictures of a class.
    fn class(&mut self, class: &Path, label: u32, limits: &Limits) -> Result<(), DataError> {
        let before = self.labels.len();
        for path in entries(class)? {
            match Kind::of(&path) {
                Some(kind) if path.is_file() => {
                    let image = kind.open(&path, limits)?;
                    self.image(image, label, limits)
                        .map_err(|error| error.in_file(&path))?;
                    self.paths.push(path);
                }
                _ => self.skipped.push(path),
            }
        }
        if self.labels.len() == before {
            return Err(DataError::Empty.in_file(class));
        }
        Ok(())
    }

    fn image(&mut self, image: GrayImage, label: u32, limits: &Limits) -> Result<(), DataError> {
        let GrayImage {
            size,
            white,
            pixels,
        } = image;
        let first = self.kind.get_or_insert(GrayImage {
            size,
            white,
            pixels: Vec::new(),
        });
        if (first.size, first.white) != (size, white) {
            return Err(DataError::UnequalImages {
                first_size: first.size,
                first_white: first.white.get(),
                size,
                white: white.get(),
            });
        }
        let all = self.pixels.len().saturating_add(pixels.len());
        check("elements", limits.elements, all as u64)?;
        self.pixels.extend(pixels);
        self.labels.push(label);
        Ok(())
    }
}

/// The formats of pictures.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Pgm,
    Png,
}

impl Kind {
    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension().and_then(OsStr::to_str)?;
        match extension.to_ascii_lowercase().as_str() {
            "pgm" => Some(Self::Pgm),
            "png" => Some(Self::Png),
            _ => None,
        }
    }

    fn open(self, path: &Path, limits: &Limits) -> Result<GrayImage, DataError> {
        match self {
            Self::Pgm => pgm::open(path, limits),
            Self::Png => png::open(path, limits),
        }
    }
}

/// What is in a folder and not hidden, in the order of the names.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    let failed = |error: std::io::Error| DataError::Io { kind: error.kind() }.in_file(folder);
    let mut paths = Vec::new();
    for entry in read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if !name(&path).starts_with('.') {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
