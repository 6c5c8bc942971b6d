// Before mdBook: pages with their code included, and the contents. Usage: node assemble.mjs OUT
//
// `{{#include FILE:NAME}}` is an item of a Rust file without its documentation (`sigmoid`, or `Tape::new` for a function
// of an impl block), or what stands between the comments `ANCHOR: NAME` and `ANCHOR_END: NAME`. The contents are made
// of the first two lines of every page: its title, and its question as a quotation.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [out] = process.argv.slice(2);
const problems = [];

// Pages are numbered; the hundreds are parts.
const PARTS = {
  en: ["Numbers", "Linear algebra", "Calculus", "Probability", "Information", "Losses and evaluation", "Learning", "Networks", "Explanation and trust"],
  zh: ["数值", "线性代数", "微积分", "概率", "信息论", "损失与评价", "学习", "神经网络", "解释与可信"],
};
const CONTENTS = { en: ["Contents", "About this book"], zh: ["目录", "关于本书"] };
const QUESTION = { en: /^> \*\*The question\.\*\* /, zh: /^> \*\*问题\*\*：/ };

/// An item of a Rust file as rustfmt writes it: from its declaration to the brace in the same column, or one line.
function item(text, name) {
  const lines = text.split("\n");
  const begin = lines.findIndex((line) => line.trim() === `// ANCHOR: ${name}`);
  if (begin >= 0) {
    const end = lines.findIndex((line) => line.trim() === `// ANCHOR_END: ${name}`);
    return end > begin ? dedented(lines.slice(begin + 1, end)) : undefined;
  }
  const [method, owner] = name.split("::").reverse();
  let from = 0;
  if (owner) from = lines.findIndex((line) => /^(?:impl|pub trait|trait)\b/.test(line) && new RegExp(`\\b${owner}\\b`).test(line));
  const declares = new RegExp(`^\\s*(?:pub(?:\\([a-z]+\\))? )?(?:const |async )?(?:fn|struct|enum|trait|type|const|static|macro_rules!) ${method}\\b`);
  const first = lines.findIndex((line, i) => i >= from && declares.test(line));
  if (from < 0 || first < 0) return undefined;
  const indent = lines[first].match(/^\s*/)[0];
  let last = first;
  if (!/[;}]$/.test(lines[first])) while (last < lines.length && !new RegExp(`^${indent}(?:\\}|\\S.*;$)`).test(lines[last]) || last === first) last += 1;
  return dedented(lines.slice(first, last + 1));
}

function dedented(lines) {
  const indents = lines.filter((line) => line.trim()).map((line) => line.match(/^ */)[0].length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n").trimEnd();
}

// The gallery: every numbered example by the first line of its comment, its pictures, and the pages that use it.
const GALLERY = {
  en: ["Gallery of the examples", "Every numbered example, with what it draws. Run one by its name: `cargo run --example 020_softmax_temperature`.", "Pages"],
  zh: ["例子图库", "所有带编号的例子及其图画。用名字来运行，例如 `cargo run --example 020_softmax_temperature`。", "相关页面"],
};
function gallery(language, pages) {
  const [title, text, word] = GALLERY[language];
  const folder = resolve(import.meta.dirname, "../examples");
  const examples = readdirSync(folder).filter((name) => /^\d{3}_\w+\.rs$/.test(name)).sort();
  return `# ${title}\n\n${text}\n` + examples.map((file) => {
    const source = readFileSync(join(folder, file), "utf8");
    const head = source.match(/^\/\/! (.+)/)[1];
    const pictures = [...new Set([...source.matchAll(/"out\/(\w+\.svg)"/g)].map((match) => match[1]))];
    const using = pages.filter((page) => page.text.includes(`examples/${file}`));
    const links = using.length ? `\n${word}: ${using.map((page) => `[${page.title}](${page.name})`).join(", ")}\n` : "";
    return `\n## ${file.replace(".rs", "").replaceAll("_", " ")}\n\n[\`${file}\`](../../../examples/${file}): ${head}\n${links}` +
      pictures.map((picture) => `\n![${head.replace(/[\[\]]/g, "")}](pictures/${picture})\n`).join("");
  }).join("");
}

for (const language of ["en", "zh"]) {
  const from = resolve(import.meta.dirname, language);
  const to = join(out, language);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, "src"), { recursive: true });
  cpSync(join(from, "book.toml"), join(to, "book.toml"));
  const names = readdirSync(join(from, "src")).filter((name) => /^\d{3}_\w+\.md$/.test(name)).sort();
  const pages = names.map((name) => {
    const text = readFileSync(join(from, "src", name), "utf8");
    const title = text.match(/^# (.+)\n/)?.[1];
    const quoted = text.split("\n\n")[1]?.split("\n").map((line) => line.replace(/^> ?/, "")).join(language === "en" ? " " : "");
    const question = `> ${quoted}`;
    if (!title) problems.push(`${language}/${name}: the first line is no title`);
    if (!QUESTION[language].test(question)) problems.push(`${language}/${name}: no question below the title`);
    return { name, text, title, question: question.replace(QUESTION[language], "") };
  });
  const part = (i) => pages.filter(({ name }) => Math.min(+name[0], PARTS.en.length - 1) === i);
  let summary = `# ${CONTENTS[language][0]}\n\n[${CONTENTS[language][1]}](README.md)\n`;
  let contents = "";
  PARTS[language].forEach((title, i) => {
    if (!part(i).length) return;
    summary += `\n# ${title}\n\n` + part(i).map((page) => `- [${page.title}](${page.name})\n`).join("");
    contents += `\n## ${title}\n\n` + part(i).map((page) => `- **[${page.title}](${page.name})** ${page.question}\n`).join("");
  });
  summary += `\n---\n\n[${GALLERY[language][0]}](gallery.md)\n`;
  writeFileSync(join(to, "src/SUMMARY.md"), summary);
  writeFileSync(join(to, "src/gallery.md"), gallery(language, pages));
  const included = (name, text) => text.replace(/\{\{#include ([^:}\s]+):([^}\s]+)\}\}/g, (_, path, wanted) => {
    const file = resolve(from, "src", path);
    if (!existsSync(file)) problems.push(`${language}/${name}: no file ${path}`);
    const found = existsSync(file) ? item(readFileSync(file, "utf8"), wanted) : "";
    if (found === undefined) problems.push(`${language}/${name}: no item or anchor ${wanted} in ${path}`);
    return found ?? "";
  });
  for (const { name, text } of pages) writeFileSync(join(to, "src", name), included(name, text));
  const readme = readFileSync(join(from, "src/README.md"), "utf8");
  writeFileSync(join(to, "src/README.md"), readme.replace(/<!-- contents -->[^]*/, () => contents));
}
cpSync(resolve(import.meta.dirname, "theme"), join(out, "theme"), { recursive: true });

for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);
