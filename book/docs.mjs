// Rustdoc that needs no network: renders its formulas, brings its pictures along, and checks the links of the front pages.
// Usage: node docs.mjs FOLDER MODULES, or with --check, which writes nothing and leaves out the pages of the facade but its
// front and the topics: they are those of the crates once more.
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { renderer } from "./math.mjs";

const [folder, modules, option] = process.argv.slice(2);
const check = option === "--check";
const root = resolve(import.meta.dirname, "..");
const RAW = "https://raw.githubusercontent.com/gradus-rs/gradus/main/";
const REPOSITORY = "https://github.com/gradus-rs/gradus/blob/main/";
const header = readFileSync(join(root, "docs/katex-header.html"), "utf8");
const style = header.match(/<style>[^]*?<\/style>/)[0];
const FRONT = /^gradus\w*\/(?:topics\/)?index\.html$/;
const problems = [];
const math = await renderer(modules, problems);

/// Pictures of the repository lie beside the pages.
function localPictures(html, up) {
  return html.replace(/src="([^"]*)"/g, (whole, source) => {
    if (!source.startsWith(RAW)) return whole;
    const picture = source.slice(RAW.length);
    if (!existsSync(join(root, picture))) problems.push(`no picture ${picture}`);
    else if (!check) copyFileSync(join(root, picture), join(folder, basename(picture)));
    return `src="${up}${basename(picture)}"`;
  });
}

/// Whether a link leads to a page that was made, or to a file of the repository.
function leadsSomewhere(page, href) {
  const [target] = decodeURIComponent(href).split("#");
  if (target.startsWith(REPOSITORY)) return existsSync(join(root, target.slice(REPOSITORY.length)));
  return /^[a-z]+:/.test(target) || target === "" || existsSync(resolve(dirname(page), target));
}

const wanted = (name) => name.endsWith(".html") && !name.startsWith("src/") && (!check || !/^gradus\/./.test(name) || FRONT.test(name));
for (const name of readdirSync(folder, { recursive: true }).filter(wanted)) {
  const file = join(folder, name);
  const up = `${relative(dirname(file), folder) || "."}/`;
  const before = readFileSync(file, "utf8");
  const after = localPictures(math.render(before, name), up);
  if (after !== before && !check) writeFileSync(file, math.styled(after, up).replace("</head>", `${style}\n</head>`));
  if (!FRONT.test(name)) continue;
  for (const [, href] of after.matchAll(/ href="([^"]*)"/g)) {
    if (!leadsSomewhere(file, href)) problems.push(`${name}: ${href} leads nowhere`);
  }
}
if (!check) math.ship(folder);
for (const problem of problems) console.error(problem);
console.log(`${math.count()} formulas, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
