// Formulas in HTML, rendered by KaTeX ahead of time: of the book (finish.mjs) and of rustdoc (docs.mjs).
import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&amp;": "&" };
const macros = { "\\R": "\\mathbb{R}", "\\E": "\\mathbb{E}" };

const kept = (formula, mark) => `<span class="kept">${formula.replaceAll('</span><span class="base">', '</span><wbr><span class="base">')}${mark}</span>`;

export async function renderer(modules, problems) {
  const dist = resolve(modules, "katex/dist");
  const { default: katex } = await import(pathToFileURL(join(dist, "katex.mjs")));
  let formulas = 0;

  // What KaTeX refuses is a problem, with its page.
  function tex(html, displayMode, page) {
    const source = html.replace(/&(?:lt|gt|quot|#39|#x27|amp);/g, (entity) => ENTITIES[entity]);
    formulas += 1;
    try {
      return katex.renderToString(source.trim(), { displayMode, strict: "error", macros: { ...macros } });
    } catch (error) {
      problems.push(`${page}: ${error.message}`);
      return html;
    }
  }

  return {
    count: () => formulas,
    // Blocks of the language math, of mdBook and of rustdoc; then $`…`$, which is $<code>…</code>$ by now. Browsers break a
    // line between a formula and the comma after it, unless both stand in an element where lines are not broken, but where
    // <wbr> says so.
    render: (html, page) =>
      html
        .replace(/<div class="example-wrap"><pre class="language-math"><code>([^<]*)<\/code><\/pre><\/div>/g, (_, s) => tex(s, true, page))
        .replace(/<pre[^>]*><code class="language-math[^"]*">([^<]*)<\/code><\/pre>/g, (_, s) => tex(s, true, page))
        .replace(/\$<code>([^<]*)<\/code>\$([,.:;!?)，。：；！？）、]*)/g, (_, s, mark) => mark ? kept(tex(s, false, page), mark) : tex(s, false, page)),
    styled: (html, up) => html.replace("</head>", `<link rel="stylesheet" href="${up}katex/katex.min.css">\n</head>`),
    ship(out) {
      cpSync(join(dist, "katex.min.css"), join(out, "katex/katex.min.css"));
      const wanted = (file) => !/\.(?:ttf|woff)$/.test(file);
      cpSync(join(dist, "fonts"), join(out, "katex/fonts"), { recursive: true, filter: wanted });
    },
  };
}
