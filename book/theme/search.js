// Chinese has no spaces, and mdBook's index knows words only: look for the characters in the stored text instead.
// Fifty pages are some 300 kB of text; a scan takes a few milliseconds.
if (document.documentElement.lang === "zh" && window.elasticlunr) {
  const AROUND = 60;
  elasticlunr.Index.load = ({ documentStore: { docs } }) => ({
    search(query) {
      const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
      const count = (text, term) => text.split(term).length - 1;
      const found = [];
      for (const [ref, doc] of Object.entries(docs)) {
        const [title, body] = [doc.title.toLowerCase(), doc.body.toLowerCase()];
        const hits = terms.map((term) => 8 * count(title, term) + count(body, term));
        if (!hits.length || hits.includes(0)) continue;
        const at = Math.max(0, body.indexOf(terms.find((term) => body.includes(term)) ?? "") - AROUND / 2);
        const excerpt = (at > 0 ? "…" : "") + doc.body.slice(at, at + AROUND + 20) + "…";
        found.push({ ref, score: hits.reduce((a, b) => a + b), doc: { ...doc, body: excerpt } });
      }
      return found.sort((a, b) => b.score - a.score);
    },
  });
}
