#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod augmentation;
mod error;
mod formats;
mod sets;
mod tables;
mod transforms;

pub use augmentation::{
    AffineMap, Augmentation, Augmenter, Displacement, Elastic, Rectangle, cut_mix, mix_up,
    mixing_share, warp,
};
pub use error::DataError;
pub use formats::{GrayImage, Limits, csv, idx, npy, npz, pgm, png, safetensors};
pub use gradus_numeric::{Float, MatrixRef, NumericError, Order, Shape};
pub use gradus_random::{Key, rand};
pub use sets::{
    Batches, ClassFolders, LabelledImages, LastBatch, TrainTest, blobs, breast_cancer,
    census_income, circles, diabetes, digits, iris, linear, moons, open_class_folders, open_folder,
    open_images, sinusoid, spirals, wine,
};
pub use tables::{LabelledTable, Table};
pub use transforms::{
    Imputer, Scaler, class_weights, one_hot, oversampled, polynomial, undersampled,
};
