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

mod progress;
mod task;

use progress::Progress;
use std::error::Error;
use std::io::{self, Write};
use std::thread::sleep;
use std::time::{Duration, Instant};
use task::{Language, Outcome, Task};

fn main() -> Result<(), Box<dyn Error>> {
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
    match words.as_slice() {
        [] | ["watch"] => watch(&tasks, language),
        ["list"] => list(&tasks, language),
        ["run", name] => run(find(&tasks, name)?, language).map(drop),
        ["hint", name] => hint(find(&tasks, name)?, language),
        _ => Err("one of: list, watch, run NUMBER, hint NUMBER; --zh for Chinese".into()),
    }
}

/// The task whose name starts so.
fn find<'a>(tasks: &'a [Task], name: &str) -> Result<&'a Task, String> {
    let found = tasks.iter().find(|task| task.name.starts_with(name));
    found.ok_or_else(|| format!("no task is called {name}"))
}

fn list(tasks: &[Task], language: Language) -> Result<(), Box<dyn Error>> {
    let progress = Progress::read();
    let mut solved = 0;
    for task in tasks {
        let done = progress.is_solved(task)?;
        solved += usize::from(done);
        println!("  {} {}", if done { '✓' } else { '·' }, task.name);
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
fn run(task: &Task, language: Language) -> Result<bool, Box<dyn Error>> {
    let start = Instant::now();
    println!("{}", task.path().display());
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
fn watch(tasks: &[Task], language: Language) -> Result<(), Box<dyn Error>> {
    list(tasks, language)?;
    let progress = Progress::read();
    let mut current = tasks
        .iter()
        .find(|task| !progress.is_solved(task).unwrap_or(false));
    let mut seen: Vec<_> = tasks.iter().map(Task::modified).collect();
    loop {
        if let Some(task) = current {
            println!();
            if run(task, language)? {
                let en = "On to the next: edit and save it.";
                println!("{}", language.of(en, "继续下一题：编辑并保存它的文件。"));
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
