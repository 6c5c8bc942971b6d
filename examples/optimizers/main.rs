//! All optimizers on the same ten problems and on the main example's network, each with its best rate.
//!
//! Racing with one rate for all would compare the rates. So each optimizer runs each problem with every rate η of one
//! grid, and what counts is the lowest value that it ends with:
//!
//! ```text
//! result = min over η of  f(θ_T) − min f,      η = 10⁻⁵, 3·10⁻⁵, 10⁻⁴, …, 10
//! ```
//!
//! Everything else stays as its authors have it. A step that is refused ends a run, which then counts nothing. Where an
//! optimizer keeps averages, they are what is evaluated.
//!
//! ```text
//! cargo run --release --example optimizers                       prints the tables
//! tools/optimizers                                               writes docs/optimizers.md and docs/optimizers.svg
//! ```
//!
//! A second table has the network of the main example; `--short` leaves it out.
//!
//! Nothing is drawn from a clock or a generator without a key, so the page is the same on every run, to the bit.
//!
//! What to try: rates that are the same for all. A bowl that is turned: which columns change for Adam, and which do not
//! for gradient descent? More noise: who trusts single gradients?

mod methods;
mod network;
mod page;
mod problems;
mod race;

use gradus::files::write;
use gradus::plot::save;
use std::error::Error;
use std::io::{Write, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let problems = problems::all()?;
    let results = race::all(&problems)?;
    let mut page = page::table(&problems, &results);
    let picture = page::picture(&problems, &results)?;
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.pop_if(|last| last == "--short").is_none() {
        let job = [network::main_job()?];
        page += &page::of_network(&job[0], &race::all(&job)?);
    }
    let mut out = stdout();
    if let [folder] = &arguments[..] {
        write(format!("{folder}/optimizers.md"), &page)?;
        write(format!("{folder}/optimizers.svg"), &picture)?;
        writeln!(out, "written: {folder}/optimizers.md and its picture")?;
    } else {
        let path = save("out/optimizers.svg", &picture)?;
        writeln!(out, "{page}\npicture: {}", path.display())?;
    }
    Ok(())
}
