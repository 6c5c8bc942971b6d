// Paper is white: a page of a dark theme is printed in the light one.
(() => {
  const dark = ["navy", "coal", "ayu"];
  const sheets = ["mdbook-highlight-css", "mdbook-tomorrow-night-css", "mdbook-ayu-highlight-css"].map((id) => document.getElementById(id));
  let before;
  addEventListener("beforeprint", () => {
    const root = document.documentElement;
    const theme = dark.find((name) => root.classList.contains(name));
    if (!theme || before) return;
    before = { theme, disabled: sheets.map((sheet) => sheet?.disabled) };
    root.classList.replace(theme, "light");
    sheets.forEach((sheet, i) => { if (sheet) sheet.disabled = i > 0; });
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    document.documentElement.classList.replace("light", before.theme);
    sheets.forEach((sheet, i) => { if (sheet) sheet.disabled = before.disabled[i]; });
    before = undefined;
  });
})();
