//! How long does it take to read a compressed file of images, next to the same file uncompressed?

mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::data::idx;
use gradus::data::{DataError, Limits};
use std::error::Error;
use std::hint::black_box;
use std::path::Path;

fn read(bytes: &[u8]) -> Result<usize, DataError> {
    idx::read(bytes, &Limits::default()).map(|file| file.values.len())
}

fn files(c: &mut Criterion) -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data/mnist");
    let compressed = std::fs::read(folder.join("t10k-images-idx3-ubyte.gz"))?;
    let idx::Values::U8(pixels) = idx::read(&compressed[..], &Limits::default())?.values else {
        return Err("the pixels are not bytes".into());
    };
    let header = [0, 0, 8, 3, 0, 0, 39, 16, 0, 0, 0, 28, 0, 0, 0, 28]; // bytes; 10 000 × 28 × 28
    let plain = [&header[..], &pixels].concat();

    let mut group = c.benchmark_group("data/idx of 10 000 images");
    group.throughput(Throughput::Bytes(plain.len() as u64));
    for (name, bytes) in [("gz", &compressed), ("plain", &plain)] {
        group.bench_function(BenchmarkId::from_parameter(name), |b| {
            b.iter(|| read(black_box(bytes)));
        });
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = settings::criterion();
    files(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}
