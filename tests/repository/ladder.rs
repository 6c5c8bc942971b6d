//! Who may depend on whom: manifests against the table in ARCHITECTURE.md.

use crate::markdown::{code_spans, table};
use std::collections::BTreeMap;

/// What a `Cargo.toml` says.
#[derive(Debug)]
pub(crate) struct Manifest {
    name: String,
    rung: i32,
    dependencies: Vec<String>,
    dev_dependencies: Vec<String>,
}

/// What ARCHITECTURE.md says of a crate: its rung and everything it may depend on.
#[derive(Debug)]
pub(crate) struct Row {
    name: String,
    rung: i32,
    dependencies: Vec<String>,
    dev_dependencies: Vec<String>,
}

/// Reads the few lines of a manifest that matter here.
pub(crate) fn manifest(text: &str) -> Result<Manifest, String> {
    let (mut name, mut rung) = (None, None);
    let (mut dependencies, mut dev_dependencies) = (Vec::new(), Vec::new());
    let mut section = "";
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
            let parts = line.trim_matches(['[', ']']).rsplit_once("dependencies.");
            match parts {
                Some((kind, it)) if kind.ends_with("dev-") => dev_dependencies.push(it.into()),
                Some((_, it)) => dependencies.push(it.into()),
                None => {}
            }
        } else if let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            let key = key.trim();
            let dependency = || key.split('.').next().unwrap_or(key).to_owned();
            match section {
                "[package]" if key == "name" => {
                    name = Some(value.trim().trim_matches('"').to_owned());
                }
                "[package.metadata.gradus]" if key == "rung" => rung = value.trim().parse().ok(),
                "[workspace.dependencies]" => {}
                _ if section.ends_with("dev-dependencies]") => dev_dependencies.push(dependency()),
                _ if section.ends_with("dependencies]") => dependencies.push(dependency()),
                _ => {}
            }
        }
    }
    let name = name.ok_or("a manifest without a name")?;
    let rung = rung.ok_or(format!("{name}: no rung under [package.metadata.gradus]"))?;
    Ok(Manifest {
        name,
        rung,
        dependencies,
        dev_dependencies,
    })
}

/// The table of the ladder.
pub(crate) fn rungs(architecture: &str) -> Result<Vec<Row>, String> {
    let head = ["Rung", "Crate", "What", "Of ours", "Of others", "For tests"];
    table(architecture, &head)?
        .iter()
        .map(|cells| rung(cells))
        .collect()
}

fn rung(cells: &[String]) -> Result<Row, String> {
    let [rung, name, _, ours, others, tests] = cells else {
        return Err(format!("not a row of the ladder: {cells:?}"));
    };
    let name = code_spans(name).concat();
    let rung = rung
        .replace('−', "-")
        .parse()
        .map_err(|_| format!("{name}: {rung} is no rung"))?;
    let ours = code_spans(ours)
        .into_iter()
        .map(|it| format!("gradus-{it}"));
    let dependencies = ours.chain(code_spans(others)).collect();
    let dev_dependencies = code_spans(tests);
    Ok(Row {
        name,
        rung,
        dependencies,
        dev_dependencies,
    })
}

/// What is wrong with the dependencies.
pub(crate) fn check(manifests: &[Manifest], ladder: &[Row]) -> Vec<String> {
    let mut wrong = Vec::new();
    let rungs: BTreeMap<&str, i32> = manifests
        .iter()
        .map(|it| (it.name.as_str(), it.rung))
        .collect();
    for it in manifests {
        for other in it.dependencies.iter().chain(&it.dev_dependencies) {
            match rungs.get(other.as_str()) {
                Some(rung) if *rung >= it.rung => {
                    wrong.push(format!(
                        "{} (rung {}) depends on {other} (rung {rung})",
                        it.name, it.rung
                    ));
                }
                None if other.starts_with("gradus") => {
                    wrong.push(format!("{}: no crate {other}", it.name));
                }
                _ => {}
            }
        }
        match ladder.iter().find(|row| row.name == it.name) {
            Some(row) => wrong.extend(compare(it, row)),
            None => wrong.push(format!("ARCHITECTURE: no row for {}", it.name)),
        }
    }
    let strangers = ladder
        .iter()
        .filter(|row| !rungs.contains_key(row.name.as_str()));
    wrong.extend(strangers.map(|row| format!("ARCHITECTURE: no crate {}", row.name)));
    wrong
}

/// How a manifest differs from its row.
fn compare(manifest: &Manifest, row: &Row) -> Vec<String> {
    let mut wrong = Vec::new();
    let name = &manifest.name;
    if manifest.rung != row.rung {
        wrong.push(format!(
            "{name}: rung {}, in ARCHITECTURE {}",
            manifest.rung, row.rung
        ));
    }
    for (used, allowed) in [
        (&manifest.dependencies, &row.dependencies),
        (&manifest.dev_dependencies, &row.dev_dependencies),
    ] {
        let extra = used.iter().filter(|it| !allowed.contains(it));
        wrong.extend(extra.map(|it| format!("{name}: ARCHITECTURE does not allow {it}")));
        let unused = allowed.iter().filter(|it| !used.contains(it));
        wrong.extend(
            unused.map(|it| format!("{name}: ARCHITECTURE allows {it}, which is not used")),
        );
    }
    wrong
}

#[test]
fn manifests_are_read() -> Result<(), String> {
    let text = "[workspace.dependencies]\nno = \"1\"\n[package]\nname = \"gradus-x\"\nversion = \"1\"\n[package.metadata.gradus]\nrung = -1\n[dependencies]\na.workspace = true\nb = { version = \"1\" }\n# c = \"1\"\n[dev-dependencies]\nd = \"1\"\n[target.'cfg(unix)'.dependencies]\ne = \"1\"\n[dependencies.f]\n";
    let it = manifest(text)?;
    assert_eq!((it.name.as_str(), it.rung), ("gradus-x", -1));
    assert_eq!(
        (it.dependencies.join(" "), it.dev_dependencies.join(" ")),
        ("a b e f".into(), "d".into())
    );
    assert!(manifest("[package]\nname = \"x\"\n").is_err());
    Ok(())
}

#[test]
fn forbidden_edges_are_found() -> Result<(), String> {
    let head =
        "| Rung | Crate | What | Of ours | Of others | For tests |\n|---|---|---|---|---|---|\n";
    let ladder = rungs(&format!(
        "{head}| 0 | `gradus-a` | x | – | `libm` | – |\n| 1 | `gradus-b` | y | `a` | – | – |\n"
    ))?;
    let wrong = |a: &str, b: &str| -> Result<usize, String> {
        let package = |name, rung: u8, rest| {
            manifest(&format!(
                "[package]\nname = \"gradus-{name}\"\n[package.metadata.gradus]\nrung = {rung}\n{rest}"
            ))
        };
        Ok(check(&[package("a", 0, a)?, package("b", 1, b)?], &ladder).len())
    };
    let (a, b) = (
        "[dependencies]\nlibm = \"1\"\n",
        "[dependencies]\ngradus-a = \"1\"\n",
    );
    assert_eq!(wrong(a, b)?, 0);
    assert_eq!(wrong(&format!("{a}gradus-b = \"1\"\n"), b)?, 2); // upwards, and not allowed
    assert_eq!(
        wrong(&format!("{a}[dev-dependencies]\ngradus-b = \"1\"\n"), b)?,
        2
    ); // for tests as well
    assert_eq!(wrong(a, &format!("{b}rand = \"1\"\n"))?, 1); // not in the table
    assert_eq!(wrong(a, &format!("{b}gradus-c = \"1\"\n"))?, 2); // does not exist, not in the table
    assert_eq!(wrong(a, "")?, 1); // in the table, not used
    assert_eq!(check(&[], &ladder).len(), 2); // rows of nothing
    assert!(rungs(&format!("{head}| x | `gradus-a` | x | – | – | – |\n")).is_err());
    Ok(())
}
