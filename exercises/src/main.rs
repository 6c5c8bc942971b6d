//! The runner of the exercises: shows what is solved, watches the tasks, asks their judges.
//!
//! ```text
//! cargo run -p exercises                  list, then watch: save a task and read its verdict
//! cargo run -p exercises -- list
//! cargo run -p exercises -- run 021       one task, once
//! cargo run -p exercises -- hint 021      one hint more each time
//! cargo run -p exercises -- --zh          all of it in Chinese
//! ```
#![allow(clippy::print_stdout, reason = "a runner talks")]

mod page;
mod progress;
mod task;

use page::Pages;
use progress::Progress;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, Instant};
use task::{Language, Outcome, Task};

const USAGE: &str =
    "cargo run -p exercises                  list, then watch: save a task and read its verdict
cargo run -p exercises -- list
cargo run -p exercises -- run 021       one task, once
cargo run -p exercises -- hint 021      one hint more each time
cargo run -p exercises -- --zh          中文";

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let chinese = arguments.iter().any(|it| it == "--zh");
    let language = if chinese {
        Language::Chinese
    } else {
        Language::English
    };
    let words = arguments.iter().map(String::as_str);
    let words: Vec<&str> = words.filter(|it| *it != "--zh").collect();
    let tasks = task::all()?;
    let pages = Pages::read(language)?;
    match words.as_slice() {
        [] | ["watch"] => watch(&tasks, &pages, language),
        ["list"] => list(&tasks, &pages, language),
        ["run", name] => run(find(&tasks, name)?, &pages, language).map(drop),
        ["hint", name] => hint(find(&tasks, name)?, language),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(USAGE.into()),
    }
}

/// The task whose name starts so.
fn find<'a>(tasks: &'a [Task], name: &str) -> Result<&'a Task, String> {
    let found = tasks.iter().find(|task| task.name.starts_with(name));
    found.ok_or_else(|| {
        format!("no task begins with {name}; the list: cargo run -p exercises -- list")
    })
}

fn list(tasks: &[Task], pages: &Pages, language: Language) -> Result<(), Box<dyn Error>> {
    let progress = Progress::read();
    let mut solved = 0;
    for task in tasks {
        let done = progress.is_solved(task)?;
        solved += usize::from(done);
        let title = pages.of(task).map_or("", |page| &page.title);
        println!(
            "  {} {:32} {title}",
            if done { '✓' } else { '·' },
            task.name
        );
    }
    let all = tasks.len();
    println!(
        "{}",
        language.of(
            format!("{solved} of {all} solved"),
            format!("共 {all} 题，已完成 {solved} 题")
        )
    );
    Ok(())
}

/// Judges a task once, tells the verdict and the time, and keeps what is solved.
fn run(task: &Task, pages: &Pages, language: Language) -> Result<bool, Box<dyn Error>> {
    let start = Instant::now();
    println!("{}", task.path().display());
    if let Some(page) = pages.of(task) {
        println!("{}{}", language.of("Its page: ", "相关页面："), page.path);
    }
    if Progress::is_new() {
        println!(
            "{}",
            language.of(
                "The judges are compiled first: about a minute, once.",
                "首次运行需先编译评判程序，约一分钟，仅此一次。"
            )
        );
    }
    let outcome = task.judge(language)?;
    match &outcome {
        Outcome::DoesNotCompile(text) | Outcome::Judged { text, .. } => println!("{text}"),
        Outcome::TimedOut => {
            let seconds = task::PATIENCE.as_secs();
            let en = format!("Not yet. No verdict after {seconds} s.");
            println!(
                "{}",
                language.of(en, format!("还不对。{seconds} 秒内没有结果。"))
            );
        }
    }
    println!("({:.1} s)", start.elapsed().as_secs_f64());
    let solved = matches!(outcome, Outcome::Judged { solved: true, .. });
    let mut progress = Progress::read();
    progress.set(task, solved)?;
    Ok(solved)
}

/// Shows one hint more than last time.
fn hint(task: &Task, language: Language) -> Result<(), Box<dyn Error>> {
    let hints = task.hints(language)?;
    let mut progress = Progress::read();
    let shown = (progress.hints(task) + 1).min(hints.len());
    for (number, hint) in (1..).zip(&hints[..shown]) {
        println!("{number}/{}  {hint}", hints.len());
    }
    progress.set_hints(task, shown)?;
    Ok(())
}

/// The first task to do, and from then on the one that was saved last.
fn watch(tasks: &[Task], pages: &Pages, language: Language) -> Result<(), Box<dyn Error>> {
    list(tasks, pages, language)?;
    let progress = Progress::read();
    let mut current = tasks
        .iter()
        .find(|task| !progress.is_solved(task).unwrap_or(false));
    let mut seen: Vec<_> = tasks.iter().map(Task::modified).collect();
    loop {
        if let Some(task) = current {
            println!();
            if run(task, pages, language)? {
                next(tasks, task, language);
            }
            io::stdout().flush()?;
        }
        current = loop {
            sleep(Duration::from_millis(100));
            let now: Vec<_> = tasks.iter().map(Task::modified).collect();
            let changed = (0..tasks.len()).find(|&i| now[i] != seen[i]);
            seen = now;
            if let Some(i) = changed {
                break tasks.get(i);
            }
        };
    }
}

/// Tells which task comes after one, of those that are not solved yet.
fn next(tasks: &[Task], after: &Task, language: Language) {
    let progress = Progress::read();
    let (earlier, later): (Vec<_>, Vec<_>) = tasks.iter().partition(|it| it.name <= after.name);
    let mut open = later.into_iter().chain(earlier);
    let Some(task) = open.find(|task| !progress.is_solved(task).unwrap_or(false)) else {
        println!("{}", language.of("All are solved.", "全部完成。"));
        return;
    };
    let en = "On to the next, edit and save it: ";
    let words = language.of(en, "继续下一题，编辑并保存：");
    println!("{words}{}", task.path().display());
}
