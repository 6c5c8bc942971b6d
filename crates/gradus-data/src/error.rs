//! What can be wrong with data.

use gradus_numeric::Shape;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What can be wrong with data, or with the way to it.
///
/// A message never shows more than 64 characters of a file's content, and those escaped.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum DataError {
    /// A file could not be used; the reason says why.
    #[error("{}: {reason}", path.display())]
    InFile {
        /// The path, as it was given.
        path: PathBuf,
        /// What is wrong.
        reason: Box<DataError>,
    },
    /// A folder has neither the file nor its compressed form.
    #[error(
        "the folder {} has no file {name}, neither with .gz behind it nor with a point before idx",
        folder.display()
    )]
    MissingFile {
        /// The folder, as it was given.
        folder: PathBuf,
        /// The name that was looked for.
        name: &'static str,
    },
    /// The operating system could not open or read.
    #[error("reading failed: {kind}")]
    Io {
        /// What kind of failure it was.
        kind: io::ErrorKind,
    },
    /// The file asks for more than it may; raise the limit if it deserves it.
    #[error("more than the limit {limit} = {allowed}: at least {at_least}")]
    LimitExceeded {
        /// Name of the field in [`Limits`](crate::Limits).
        limit: &'static str,
        /// Its value.
        allowed: u64,
        /// How much was seen or declared.
        at_least: u64,
    },
    /// There is not enough memory for what has arrived.
    #[error("no memory for {bytes} more bytes")]
    OutOfMemory {
        /// How much was asked for.
        bytes: u64,
    },
    /// The file ends too early.
    #[error("truncated: {need} bytes are needed, {have} are there")]
    Truncated {
        /// Bytes that the part should have.
        need: u64,
        /// Bytes that it has.
        have: u64,
    },
    /// The file goes on after its end.
    #[error("there are bytes after the end at byte {end}")]
    TrailingBytes {
        /// Where the content ends, counted in unpacked bytes.
        end: u64,
    },
    /// A gzip stream ends too early.
    #[error("the gzip stream is truncated after {unpacked} unpacked bytes")]
    TruncatedGzip {
        /// How much could be unpacked.
        unpacked: u64,
    },
    /// A gzip stream is damaged: its header, its code or its checksum.
    #[error("the gzip stream is damaged after {unpacked} unpacked bytes")]
    DamagedGzip {
        /// How much could be unpacked.
        unpacked: u64,
    },
    /// The file does not begin as an IDX file does.
    #[error("not an IDX file: it begins with \"{start}\" instead of two zero bytes")]
    NotIdx {
        /// The first bytes, escaped.
        start: String,
    },
    /// The file does not begin as an NPY file does.
    #[error("not an NPY file: it begins with \"{start}\"")]
    NotNpy {
        /// The first bytes, escaped.
        start: String,
    },
    /// The file does not begin as a PGM file of bytes does.
    #[error("not a binary PGM file: it begins with \"{start}\" instead of P5")]
    NotPgm {
        /// The first bytes, escaped.
        start: String,
    },
    /// The file does not begin as a PNG file does.
    #[error("not a PNG file: it begins with \"{start}\"")]
    NotPng {
        /// The first bytes, escaped.
        start: String,
    },
    /// A PNG file is damaged, or ends too early.
    #[error("the PNG file is damaged: {reason}")]
    DamagedPng {
        /// What the decoder says.
        reason: String,
    },
    /// A PNG file is of a kind that is not read.
    #[error("{kind} PNG files are not read: save it with 8 bits a pixel, line by line")]
    PngKind {
        /// Which kind.
        kind: &'static str,
    },
    /// An image has a pixel that no shade of gray is.
    #[error(
        "the pixel in row {row}, column {column} is colored or transparent: convert the image to gray"
    )]
    NotGray {
        /// The row, from 0.
        row: usize,
        /// The column, from 0.
        column: usize,
    },
    /// Images of one set differ in size or in the value of white.
    #[error(
        "an image of {size} pixels with white {white}, where the first of the folder has {first_size} and {first_white}"
    )]
    UnequalImages {
        /// Size of the first image.
        first_size: Shape,
        /// White of the first image.
        first_white: u8,
        /// Size of this image.
        size: Shape,
        /// White of this image.
        white: u8,
    },
    /// The file does not end as an NPZ file does.
    #[error("not an NPZ file: it does not end with the directory of a ZIP archive")]
    NotNpz,
    /// A file in an archive is not what the directory says.
    #[error(
        "file {index} of the archive is damaged: its place, size or checksum differs from what the directory says"
    )]
    DamagedArchive {
        /// Which file, from 0.
        index: u64,
    },
    /// Two files in an archive have bytes in common.
    #[error(
        "files {first} and {second} of the archive overlap, so that it would unpack to more than it holds"
    )]
    OverlappingFiles {
        /// The one that begins first, from 0.
        first: u64,
        /// The other one, from 0.
        second: u64,
    },
    /// A file in an archive is packed in a way that is not read.
    #[error(
        "file {index} of the archive is packed by method {method}: 0 (stored) and 8 (deflated) are read"
    )]
    PackingMethod {
        /// Which file, from 0.
        index: u64,
        /// The number of the method.
        method: u16,
    },
    /// Arrays are too many or too large for an archive.
    #[error("{arrays} arrays of {bytes} bytes: an archive holds 65535 arrays and 4 GiB")]
    ArchiveTooLarge {
        /// How many arrays.
        arrays: u64,
        /// How many bytes they have.
        bytes: u64,
    },
    /// An array in a file of arrays has a name that is not text, is too long, or occurs twice.
    #[error(
        "array {index} is named \"{text}\", which is no name of at most 512 letters, or not the only one of that name"
    )]
    InvalidArrayName {
        /// Which array, from 0.
        index: u64,
        /// The beginning of the name, escaped.
        text: String,
    },
    /// An array in a file of arrays could not be used; the reason says why.
    #[error("array \"{name}\": {reason}")]
    InArray {
        /// The beginning of its name, escaped.
        name: String,
        /// What is wrong.
        reason: Box<DataError>,
    },
    /// A file is no safetensors file, or a damaged one.
    #[error("not a safetensors file, or a damaged one: {reason}")]
    InvalidSafetensors {
        /// What the parser says.
        reason: String,
    },
    /// A safetensors file holds elements of a type that is not read.
    #[error(
        "elements of type {dtype} are not read: BOOL, U8, I32, I64, F16, BF16, F32 and F64 are"
    )]
    UnknownDtype {
        /// The type, as the file names it.
        dtype: String,
    },
    /// A file is of a version that did not exist when this was written.
    #[error("version {major}.{minor} of the format is not known")]
    UnknownVersion {
        /// Before the point.
        major: u8,
        /// Behind it.
        minor: u8,
    },
    /// A header is not what it should be.
    #[error("the header is wrong at byte {byte}: \"{text}\"")]
    InvalidHeader {
        /// How many bytes of it were right.
        byte: u64,
        /// What stands there, escaped.
        text: String,
    },
    /// An NPY file holds elements that are no plain numbers with the little end first.
    #[error(
        "elements of type \"{descr}\" cannot be read: |b1, |u1, <i4, <i8, <f2, <f4 and <f8 can"
    )]
    UnknownDescr {
        /// The type, escaped.
        descr: String,
    },
    /// The lines of an array lie apart: its first dimension changes fastest.
    #[error(
        "the array has its {columns} columns one after the other, so its lines cannot be read one after the other"
    )]
    ColumnsFirst {
        /// How many columns it has.
        columns: u64,
    },
    /// An integer is larger than the integers that doubles can tell apart.
    #[error("element {index} is {value}, which is no double: 2^53 is the largest")]
    InexactInteger {
        /// Its index, from 0, in the order of the file.
        index: u64,
        /// Its value.
        value: i64,
    },
    /// IDX knows no element type of this code.
    #[error("unknown IDX element type {code:#04x}")]
    UnknownType {
        /// The third byte of the file.
        code: u8,
    },
    /// An array has the wrong number of dimensions.
    #[error("{rank} dimensions where {least} to {most} are expected")]
    WrongRank {
        /// How many there are.
        rank: u64,
        /// The smallest number that will do.
        least: u64,
        /// The largest number that will do.
        most: u64,
    },
    /// An array holds numbers of another type.
    #[error(
        "elements of type {found} where u8 is expected; `LabelledTable::from_idx` takes every type"
    )]
    WrongType {
        /// The type that was found.
        found: &'static str,
    },
    /// The product of the dimensions is too large to be counted.
    #[error("the dimensions multiply to more than 64 bits can count")]
    SizeOverflow,
    /// There are not as many labels as samples.
    #[error("{samples} samples but {labels} labels")]
    CountMismatch {
        /// How many samples.
        samples: u64,
        /// How many labels.
        labels: u64,
    },
    /// A label is not an integer from 0 to below the number of classes.
    #[error("label {index} is {}, not an integer from 0 to below {classes}", short(*.label))]
    LabelOutOfRange {
        /// Index of the sample, from 0.
        index: u64,
        /// The label.
        label: f64,
        /// How many classes there are.
        classes: u32,
    },
    /// A pixel is brighter than white.
    #[error("pixel {index} is {}, brighter than white = {white}", short(*.value))]
    PixelOutOfRange {
        /// Index of the pixel, from 0.
        index: u64,
        /// Its value.
        value: f64,
        /// The value of white.
        white: u8,
    },
    /// Training and test images differ in size.
    #[error("training images are {train} but test images are {test}")]
    ImageSizeMismatch {
        /// Rows and columns of a training image.
        train: Shape,
        /// Rows and columns of a test image.
        test: Shape,
    },
    /// There is no sample at all.
    #[error("there are no samples")]
    Empty,
    /// A file tells of samples that hold nothing, where samples are read one after the other.
    #[error("the file tells of {samples} samples that hold no element")]
    EmptySamples {
        /// How many.
        samples: u64,
    },
    /// A line has too few or too many entries.
    #[error("line {line} has {found} entries, line {first} has {expected}")]
    WrongFieldCount {
        /// The line, from 1.
        line: u64,
        /// How many entries the first line of the table has.
        expected: u64,
        /// How many this one has.
        found: u64,
        /// Where the first line of the table is, from 1.
        first: u64,
    },
    /// The first line counts otherwise than the rest of the file does.
    #[error("the file announces {declared} {what} and has {found}")]
    WrongCount {
        /// What is counted.
        what: &'static str,
        /// How many are announced.
        declared: u64,
        /// How many there are.
        found: u64,
    },
    /// A byte has two meanings in the format of a table.
    #[error(
        "the byte {:?} cannot be delimiter, decimal mark or comment: it means something else already",
        char::from(*.byte)
    )]
    AmbiguousFormat {
        /// The byte.
        byte: u8,
    },
    /// A label is empty, or no text.
    #[error("line {line}, column {column}: \"{text}\" is no label")]
    InvalidLabel {
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: u64,
        /// The beginning of the entry, escaped.
        text: String,
    },
    /// An entry is no number.
    #[error("line {line}, column {column}: \"{text}\" is not a number")]
    NotANumber {
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: u64,
        /// The beginning of the entry, escaped.
        text: String,
    },
    /// An entry is NaN or infinite (or too large for double precision).
    #[error("line {line}, column {column}: {value} is not a finite number")]
    NonFinite {
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: u64,
        /// The value.
        value: f64,
    },
    /// A quoted entry has no end.
    #[error("a quotation mark is never closed")]
    UnclosedQuote,
    /// A column name is not text, has control characters, or occurs twice.
    #[error(
        "column {column} is named \"{text}\", which is no text or not the only one of that name"
    )]
    InvalidName {
        /// The column, from 1.
        column: u64,
        /// The beginning of the name, escaped.
        text: String,
    },
    /// A table has no such column.
    #[error("there is no column {column}, there are {columns}")]
    NoSuchColumn {
        /// The index that was asked for, from 0.
        column: u64,
        /// How many there are.
        columns: u64,
    },
    /// A table has no column of this name.
    #[error("there is no column named \"{name}\"")]
    NoColumnNamed {
        /// The name that was asked for.
        name: String,
    },
    /// Numbers do not make whole lines.
    #[error("{numbers} numbers do not make whole lines of {columns}")]
    HalfALine {
        /// How many numbers.
        numbers: u64,
        /// How many a line has.
        columns: u64,
    },
    /// There is no such sample.
    #[error("there is no sample {sample}, there are {samples}")]
    NoSuchSample {
        /// The index that was asked for, from 0.
        sample: u64,
        /// How many there are.
        samples: u64,
    },
    /// An element of an array is NaN or infinite.
    #[error("element {index} is {value}, not a finite number")]
    NonFiniteElement {
        /// Its index, from 0, in the order of the file.
        index: u64,
        /// Its value.
        value: f64,
    },
    /// A number is missing, or infinite, where one is needed.
    #[error(
        "feature {feature} of sample {sample} is {value}: fill it in (`Imputer`) or leave it out"
    )]
    MissingNumber {
        /// The sample, from 0.
        sample: u64,
        /// The feature, from 0.
        feature: u64,
        /// What stands there.
        value: f64,
    },
    /// A feature has no number at all.
    #[error("feature {feature} is missing in all samples")]
    NothingKnown {
        /// The feature, from 0.
        feature: u64,
    },
    /// A product of finite features is infinite, or NaN since a part of it is.
    #[error(
        "product {product} of the features of sample {sample} overflows: scale the features first"
    )]
    ProductOverflows {
        /// Which product, from 0.
        product: u64,
        /// The sample, from 0.
        sample: u64,
    },
    /// A feature is spread wider than a double can tell.
    #[error("the values of feature {feature} are too far apart: their distance is infinite")]
    TooWide {
        /// The feature, from 0.
        feature: u64,
    },
    /// What was fitted to some features is applied to more or fewer.
    #[error("fitted to {expected} features, applied to {found}")]
    FeatureCount {
        /// How many it was fitted to.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// An image has not as many pixels as its size says.
    #[error("an image of {size} pixels was expected, {pixels} pixels were given")]
    PixelCount {
        /// The size that was told.
        size: Shape,
        /// How many pixels there are.
        pixels: u64,
    },
    /// A rectangle leaves its image.
    #[error("a rectangle that ends at row {row} and column {column} leaves an image of {size}")]
    NoSuchPixel {
        /// Where its rows end.
        row: u64,
        /// Where its columns end.
        column: u64,
        /// The size of the image.
        size: Shape,
    },
    /// A parameter has no meaning.
    #[error("{name} = {} is out of its domain", short(*.value))]
    InvalidParameter {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A batch of no samples cannot be made.
    #[error("a batch must hold at least one sample")]
    EmptyBatch,
    /// Short batches are dropped, and there are not enough samples for a whole one.
    #[error("{samples} samples do not fill a batch of {size}, and short batches are dropped")]
    NoFullBatch {
        /// How many samples there are.
        samples: u32,
        /// How many a batch needs.
        size: u32,
    },
}

impl DataError {
    /// The same error with the path of the file it was found in.
    pub(crate) fn in_file(self, path: &Path) -> Self {
        Self::InFile {
            path: path.to_path_buf(),
            reason: Box::new(self),
        }
    }

    /// The same error with the name of the array it was found in.
    pub(crate) fn in_array(self, name: &str) -> Self {
        Self::InArray {
            name: excerpt(name.as_bytes()),
            reason: Box::new(self),
        }
    }
}

impl From<io::Error> for DataError {
    fn from(error: io::Error) -> Self {
        Self::Io { kind: error.kind() }
    }
}

/// At most 64 characters of a file's content, escaped.
pub(crate) fn excerpt(bytes: &[u8]) -> String {
    bytes.escape_ascii().take(64).map(char::from).collect()
}

/// A number in few characters: by powers of ten where it is huge or tiny.
fn short(x: f64) -> String {
    if x == 0.0 || !x.is_finite() || (1e-5..1e16).contains(&x.abs()) {
        x.to_string()
    } else {
        format!("{x:e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_escaped_and_short() {
        assert_eq!(excerpt(b"3.5\n\x1b[31m"), "3.5\\n\\x1b[31m");
        assert_eq!(excerpt(&[0; 1000]).len(), 64);
    }

    #[test]
    fn the_path_comes_first() {
        let error = DataError::Empty.in_file(Path::new("some/file.csv"));
        assert_eq!(error.to_string(), "some/file.csv: there are no samples");
    }
}
