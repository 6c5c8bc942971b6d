//! A task: a file to edit, hints, and a judge in a process of its own.

use std::error::Error;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs};

/// How long a judge may take: an answer may loop for ever.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The language of hints and verdicts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Language {
    English,
    Chinese,
}

impl Language {
    /// One of two texts.
    pub(crate) fn of<T>(self, en: T, zh: T) -> T {
        match self {
            Self::English => en,
            Self::Chinese => zh,
        }
    }
}

/// One file of `tasks/`.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) name: String,
}

/// What came of a judgement.
#[derive(Debug)]
pub(crate) enum Outcome {
    DoesNotCompile(String),
    TimedOut,
    Judged { solved: bool, text: String },
}

/// All tasks, in order.
pub(crate) fn all() -> io::Result<Vec<Task>> {
    let mut tasks = Vec::new();
    for entry in fs::read_dir(root().join("tasks"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs")
            && let Some(name) = path.file_stem().and_then(|name| name.to_str())
        {
            let name = name.to_owned();
            tasks.push(Task { name });
        }
    }
    tasks.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(tasks)
}

/// The folder of this package.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

impl Task {
    pub(crate) fn path(&self) -> PathBuf {
        root().join("tasks").join(&self.name).with_extension("rs")
    }

    pub(crate) fn source(&self) -> io::Result<String> {
        fs::read_to_string(self.path())
    }

    pub(crate) fn modified(&self) -> Option<SystemTime> {
        fs::metadata(self.path()).and_then(|m| m.modified()).ok()
    }

    /// Paragraphs of its file of hints.
    pub(crate) fn hints(&self, language: Language) -> io::Result<Vec<String>> {
        let folder = root().join("hints").join(language.of("en", "zh"));
        let path = folder.join(&self.name).with_extension("md");
        let text = fs::read_to_string(path)?;
        let paragraphs = text.split("\n\n").map(str::trim);
        let hints = paragraphs.filter(|hint| !hint.is_empty());
        Ok(hints.map(str::to_owned).collect())
    }

    /// Compiles the task, and nothing else that has been compiled before, and asks its judge.
    pub(crate) fn judge(&self, language: Language) -> Result<Outcome, Box<dyn Error>> {
        let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
        let built = Command::new(cargo)
            .args(["build", "--quiet", "--package", "exercises"])
            .args(["--message-format", "json-render-diagnostics", "--example"])
            .arg(&self.name)
            .current_dir(root())
            .stderr(Stdio::piped())
            .output()?;
        let messages = String::from_utf8_lossy(&built.stdout);
        if !built.status.success() {
            let text = String::from_utf8_lossy(&built.stderr).into_owned();
            return Ok(Outcome::DoesNotCompile(text));
        }
        let executable = messages
            .lines()
            .filter_map(|line| line.split_once("\"executable\":\"")?.1.split_once('"'))
            .map(|(path, _)| path.to_owned())
            .next_back();
        let mut judge = Command::new(executable.ok_or("cargo names no executable")?)
            .env("GRADUS_LANGUAGE", language.of("en", "zh"))
            .stdout(Stdio::piped())
            .spawn()?;
        let start = Instant::now();
        let status = loop {
            if let Some(status) = judge.try_wait()? {
                break status;
            }
            if start.elapsed() > PATIENCE {
                judge.kill()?;
                judge.wait()?;
                return Ok(Outcome::TimedOut);
            }
            sleep(Duration::from_millis(5));
        };
        let mut text = String::new();
        if let Some(mut output) = judge.stdout.take() {
            output.read_to_string(&mut text)?;
        }
        Ok(Outcome::Judged {
            solved: status.success(),
            text: text.trim_end().to_owned(),
        })
    }
}
