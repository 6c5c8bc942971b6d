//! Closures handed to `vectorized` are inlined: otherwise the loop in them is compiled for the oldest processor.

use crate::files::Text;

/// Calls of `vectorized` whose closure is not marked `#[inline(always)]`, which nothing but time would show.
pub(crate) fn check(file: &Text) -> Vec<String> {
    let code: Vec<&str> = file
        .text
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.starts_with("//"))
        .collect();
    let code = code.join("\n");
    let direct = code.split("vectorized(").skip(1).map(str::trim_start);
    // `for_length(n, closure)` of linear algebra hands its closure on, under the name `body`.
    let handed_on = code.split("for_length(").skip(1);
    let handed_on =
        handed_on.filter_map(|call| call.split_once(',').map(|(_, it)| it.trim_start()));
    direct
        .filter(|closure| !closure.starts_with("body)"))
        .chain(handed_on)
        .filter(|closure| !closure.starts_with("#[inline(always)]"))
        .map(|closure| {
            let first = closure.lines().next().unwrap_or_default();
            format!(
                "{}: vectorized({first}: the closure is not #[inline(always)]",
                file.path
            )
        })
        .collect()
}

#[test]
fn a_closure_that_is_not_inlined_is_named() {
    let file = |text: &str| Text {
        path: "a.rs".into(),
        text: text.into(),
    };
    let inlined =
        "fn f() {\n    vectorized(\n        #[inline(always)]\n        || g(),\n    );\n}\n";
    assert!(check(&file(inlined)).is_empty());
    assert!(
        check(&file(
            "/// `vectorized(|| g())`\npub fn vectorized<R>() {}\n"
        ))
        .is_empty()
    );
    let forgotten = "fn f() {\n    let a = vectorized(move || {\n        g()\n    });\n}\n";
    assert_eq!(check(&file(forgotten)).len(), 1);
    let in_one_line = "fn f() {\n    vectorized(|| g())\n}\n";
    assert!(check(&file(&[inlined, in_one_line].concat()))[0].contains("|| g()"));
    let handed_on = "fn f() {\n    for_length(\n        n,\n        || g(),\n    );\n}\n";
    assert_eq!(check(&file(handed_on)).len(), 1);
}
