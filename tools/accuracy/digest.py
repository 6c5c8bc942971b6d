"""The SHA-256 of code, which a change of comments or tests leaves as it is; tests/repository/accuracy.rs computes the same."""

import hashlib


def code(path):
    """The lines of a file without blanks and, in Rust, comments and what follows `#[cfg(test)]`."""
    lines = []
    for line in path.read_text().splitlines():
        line = line.strip()
        if line == "#[cfg(test)]":
            break
        if line and not line.startswith("//"):
            lines.append(line)
    return "\n".join(lines)


def digest(root, paths):
    """Of files and of all Rust files below folders."""
    files = set()
    for path in paths:
        files.update((root / path).rglob("*.rs") if (root / path).is_dir() else [root / path])
    named = sorted((file.relative_to(root).as_posix(), file) for file in files)
    text = "".join(f"{name}\n{code(file)}\n" for name, file in named)
    return hashlib.sha256(text.encode()).hexdigest()
