//! A scanner that accepts a part of XML: elements, quoted attributes, text, the five named entities.

/// Whether a text is one element, properly nested, with nothing but white space after it.
pub(crate) fn well_formed(text: &str) -> Result<(), String> {
    if let Some(c) = text.chars().find(|&c| !allowed(c)) {
        return Err(format!("character {c:?} is forbidden in XML"));
    }
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    let mut roots = 0;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        if open.is_empty() && !before.trim().is_empty() {
            return Err(format!("text outside of the root: {before:?}"));
        }
        content(before)?;
        let end = tag.find('>').ok_or("a tag does not end")?;
        let inside = &tag[1..end];
        if let Some(name) = inside.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes something else"));
            }
        } else {
            let body = inside.strip_suffix('/').unwrap_or(inside);
            let name = body.split_whitespace().next().ok_or("a tag has no name")?;
            attributes(&body[name.len()..])?;
            roots += usize::from(open.is_empty());
            if body.len() == inside.len() {
                open.push(name);
            }
        }
        rest = &tag[end + 1..];
    }
    match (open.is_empty(), roots, rest.trim()) {
        (true, 1, "") => Ok(()),
        _ => Err(format!("open: {open:?}, roots: {roots}, rest: {rest:?}")),
    }
}

/// ` name="value"` any number of times.
fn attributes(text: &str) -> Result<(), String> {
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (name, value) = rest.split_once("=\"").ok_or("an attribute is not quoted")?;
        if name.is_empty()
            || !name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-:".contains(c))
        {
            return Err(format!("attribute name {name:?}"));
        }
        let (value, after) = value.split_once('"').ok_or("an attribute does not end")?;
        content(value)?;
        rest = after.trim_start();
    }
    Ok(())
}

/// Text without `<`, and `&` only as the start of an entity.
fn content(text: &str) -> Result<(), String> {
    let known = ["lt;", "gt;", "amp;", "quot;", "apos;"];
    let stray = text
        .split('&')
        .skip(1)
        .find(|after| !known.iter().any(|name| after.starts_with(name)));
    match stray {
        None if !text.contains('<') => Ok(()),
        _ => Err(format!("not escaped: {text:?}")),
    }
}

/// XML 1.0, production 2.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}
