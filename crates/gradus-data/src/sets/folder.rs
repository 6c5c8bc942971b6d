//! Image data sets as folders of IDX files.

use crate::error::DataError;
use crate::formats::idx;
use crate::formats::limits::Limits;
use crate::sets::images::LabelledImages;
use std::path::{Path, PathBuf};

/// A data set cut into what a model learns from and what it is judged by.
///
/// # Examples
///
/// ```no_run
/// let data = gradus_data::open_folder("examples/data/mnist", 10, &Default::default())?;
/// assert_eq!((data.train.len(), data.test.len()), (60_000, 10_000));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainTest {
    /// The images to learn from.
    pub train: LabelledImages,
    /// The images to be judged by; of the same size.
    pub test: LabelledImages,
}

/// Opens a folder with the four files of MNIST, or of a data set in its form.
///
/// The files are `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and
/// `t10k-labels-idx1-ubyte`, each plain or with `.gz` behind its name; if there are both, the plain
/// one is read. Names with a point, `train-images.idx3-ubyte`, are as good. Fashion-MNIST and KMNIST come in this form with 10 classes, EMNIST with 10 to 62.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | plain and packed folders hold the same data | `plain_and_packed_folders_are_equal` |
///
/// # Errors
///
/// [`DataError::MissingFile`] if neither form of a file is there, [`DataError::ImageSizeMismatch`] if
/// training and test images differ in size, [`DataError::Empty`] if one part has no images, and
/// [`DataError::InFile`] with the path and one of the reasons of [`open_images`].
///
/// # Examples
///
/// ```
/// use gradus_data::{DataError, Limits, open_folder};
///
/// let error = open_folder("no/such/folder", 10, &Limits::default()).unwrap_err();
/// assert!(matches!(error, DataError::MissingFile { name: "train-images-idx3-ubyte", .. }));
/// ```
pub fn open_folder(
    folder: impl AsRef<Path>,
    classes: u32,
    limits: &Limits,
) -> Result<TrainTest, DataError> {
    let find = |name| find(folder.as_ref(), name);
    let paths = [
        find("train-images-idx3-ubyte")?,
        find("train-labels-idx1-ubyte")?,
        find("t10k-images-idx3-ubyte")?,
        find("t10k-labels-idx1-ubyte")?,
    ];
    let [train_images, train_labels, test_images, test_labels] = paths;
    let train = open_images(train_images, train_labels, classes, limits)?;
    let test = open_images(test_images, test_labels, classes, limits)?;
    if train.size() != test.size() {
        let (train, test) = (train.size(), test.size());
        return Err(DataError::ImageSizeMismatch { train, test });
    }
    if train.is_empty() || test.is_empty() {
        return Err(DataError::Empty.in_file(folder.as_ref()));
    }
    Ok(TrainTest { train, test })
}

/// Opens a pair of IDX files: images, and their labels.
///
/// # Errors
///
/// [`DataError::InFile`] with the path and the reason: [`DataError::Io`] if a file cannot be opened,
/// one of the errors of [`idx::read`] if it is no IDX file, one of those of
/// [`LabelledImages::from_idx`] if the two do not belong together.
///
/// # Examples
///
/// ```
/// use gradus_data::{DataError, Limits, open_images};
/// use std::io::ErrorKind;
///
/// let error = open_images("no-images", "no-labels", 10, &Limits::default()).unwrap_err();
/// let reason = Box::new(DataError::Io { kind: ErrorKind::NotFound });
/// assert_eq!(error, DataError::InFile { path: "no-images".into(), reason });
/// ```
pub fn open_images(
    images: impl AsRef<Path>,
    labels: impl AsRef<Path>,
    classes: u32,
    limits: &Limits,
) -> Result<LabelledImages, DataError> {
    let (images, labels) = (images.as_ref(), labels.as_ref());
    let pixels = idx::open(images, limits)?;
    let numbers = idx::open(labels, limits)?;
    LabelledImages::from_idx(pixels, &numbers, classes).map_err(|error| {
        let about_labels = matches!(error, DataError::LabelOutOfRange { .. });
        error.in_file(if about_labels { labels } else { images })
    })
}

/// The plain file if it is there, else the packed one; names are written with `-idx` or with `.idx`.
fn find(folder: &Path, name: &'static str) -> Result<PathBuf, DataError> {
    let pointed = name.replace("-idx", ".idx");
    let names = [name, &pointed].map(|name| [name.to_owned(), format!("{name}.gz")]);
    let candidates = names.as_flattened().iter().map(|name| folder.join(name));
    let found = candidates.into_iter().find(|path| path.is_file());
    found.ok_or_else(|| DataError::MissingFile {
        folder: folder.to_path_buf(),
        name,
    })
}
