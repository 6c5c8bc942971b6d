// After mdBook: renders formulas, links the languages, checks links and pages. Usage: node finish.mjs OUT MODULES
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { renderer } from "./math.mjs";

const [out, modules] = process.argv.slice(2);
const root = resolve(import.meta.dirname, "..");
const REPOSITORY = "https://github.com/gradus-rs/gradus/blob/main/";
const OTHER = { en: ["zh", "中文"], zh: ["en", "English"] };
const WORDS = {
  "Toggle Table of Contents": "显示或隐藏目录", "Change theme": "更换主题", "Toggle Searchbar": "搜索",
  "Search (`/`)": "搜索（/）", "Search this book ...": "搜索本书……", "Print this book": "打印本书",
  "Git repository": "代码仓库", "Previous chapter": "上一页", "Next chapter": "下一页", ">Auto<": ">跟随系统<",
  ">Light<": ">浅色<", ">Navy<": ">深色<",
};
const problems = [];
const math = await renderer(modules, problems);

/// A link out of the book leads to the file in the repository.
function outward(language, page, href) {
  const [path] = href.split("#");
  const file = resolve(root, "book", language, "src", dirname(page), path);
  const source = existsSync(file) ? file : file.replace(/\.html$/, ".md");
  if (!existsSync(source)) problems.push(`${language}/${page}: no file ${href}`);
  return REPOSITORY + relative(root, source) + href.slice(path.length);
}

const pages = {};
for (const language of ["en", "zh"]) {
  pages[language] = readdirSync(join(out, language)).filter((name) => name.endsWith(".html") && name !== "toc.html");
  const [other, label] = OTHER[language];
  for (const page of pages[language]) {
    let html = math.render(readFileSync(join(out, language, page), "utf8"), `${language}/${page}`);
    html = html.replace(/href="((?:\.\.\/){2,}[^"]*)"/g, (_, href) => `href="${outward(language, page, href)}"`);
    html = html.replace(/href="README\.html/g, 'href="index.html'); // mdBook renames the file, not the links
    html = math.styled(html, "../");
    html = html.replace('<div class="right-buttons">', `$&<a class="language" lang="${other}" hreflang="${other}" rel="alternate" href="../${other}/${page}">${label}</a>`);
    if (language === "zh") {
      for (const [word, translated] of Object.entries(WORDS)) html = html.replaceAll(word, translated);
      html = html.replace(/<li role="none"><button[^>]*mdbook-theme-(?:rust|coal|ayu)".*?<\/li>/g, "");
    }
    writeFileSync(join(out, language, page), html);
  }
}
const searcher = join(out, "zh", readdirSync(join(out, "zh")).find((name) => name.startsWith("searcher-")));
writeFileSync(searcher, readFileSync(searcher, "utf8")
  .replace(/' search results? for \\'' \+ searchterm \+ '\\':'/g, "' 条结果：' + searchterm")
  .replace(/'No search results for \\'' \+ searchterm \+ '\\'\.'/, "'没有找到：' + searchterm"));

// Both languages: the same pages, each with as many sections, and with the same code.
const source = (language, name) => readFileSync(join(root, "book", language, "src", name), "utf8");
const sources = (language) => readdirSync(join(root, "book", language, "src")).filter((name) => name.endsWith(".md"));
for (const name of new Set([...sources("en"), ...sources("zh")])) {
  if (!sources("en").includes(name) || !sources("zh").includes(name)) {
    problems.push(`${name}: in one language only`);
    continue;
  }
  const [en, zh] = [source("en", name), source("zh", name)];
  const sections = (text) => (text.replace(/^```[\s\S]*?^```/gm, "").match(/^##? /gm) ?? []).length;
  const marks = (text) => (text.match(/<details>|data-widget="[^"]*"|\]\((?:pictures|\d{3}_|\.\.)[^)]*\)/g) ?? []).sort().join(" ");
  if (marks(en) !== marks(zh)) problems.push(`${name}: links, pictures, boxes or live pictures differ:\n  ${marks(en)}\n  ${marks(zh)}`);
  if (name !== "README.md" && sections(en) !== 11) problems.push(`${name}: ${sections(en)} headings instead of a title and ten sections`);
  const blocks = (text) => (text.match(/^```[\s\S]*?^```/gm) ?? []).join("\n");
  if (sections(en) !== sections(zh)) problems.push(`${name}: ${sections(en)} sections in English, ${sections(zh)} in Chinese`);
  if (blocks(en) !== blocks(zh)) problems.push(`${name}: the blocks of code and formulas differ`);
  for (const [, kind] of en.matchAll(/data-widget="([^"]*)"/g)) {
    if (!existsSync(join(root, `book/live/examples/${kind}.rs`))) problems.push(`${name}: no live picture ${kind}`);
  }
  for (const [language, text] of [["en", en], ["zh", zh]]) {
    const broken = text.match(/\$`[^`]*\n[^`]*`\$/);
    if (broken) problems.push(`${language}/${name}: a formula over two lines: ${broken[0]}`);
    // A line break becomes a space, and Chinese has none: a paragraph is one line.
    const wrapped = text.replace(/^```[\s\S]*?^```/gm, "").match(/.*[\u4e00-\u9fff，。；：、）]\n(?![-|#>\d\n<!]).+/);
    if (wrapped) problems.push(`${language}/${name}: a Chinese paragraph over two lines: ${wrapped[0]}`);
  }
}

// What all pages share.
math.ship(out);
writeFileSync(join(out, "index.html"), `<!doctype html><meta charset="utf-8"><title>gradus</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>body{font:1.4rem sans-serif;text-align:center;padding:20vh 1rem;color-scheme:light dark}</style>
<p><a href="en/index.html">English</a> · <a href="zh/index.html" lang="zh">中文</a></p>
<script>location.replace((navigator.language.startsWith("zh") ? "zh" : "en") + "/index.html")</script>
`);

// Links within the book.
const known = new Map();
const idsOf = (file) => {
  if (!known.has(file)) known.set(file, new Set([...readFileSync(file, "utf8").matchAll(/\bid="([^"]*)"/g)].map((m) => m[1])));
  return known.get(file);
};
for (const language of ["en", "zh"]) {
  for (const page of pages[language].filter((page) => page !== "404.html" && page !== "print.html")) {
    const html = readFileSync(join(out, language, page), "utf8");
    for (const [, href] of html.matchAll(/\b(?:href|src)="([^"]*)"/g)) {
      if (/^(?:https?:|data:|mailto:)/.test(href)) continue;
      const [path, anchor] = decodeURIComponent(href).split("#");
      const file = resolve(out, language, path || page);
      if (!existsSync(file)) problems.push(`${language}/${page}: no file ${href}`);
      else if (anchor && !idsOf(file).has(anchor)) problems.push(`${language}/${page}: no anchor ${href}`);
    }
  }
}

for (const problem of problems) console.error(problem);
console.log(`${pages.en.length + pages.zh.length} pages, ${math.count()} formulas, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
