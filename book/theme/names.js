// A long name breaks after an underscore, not within a word. After mdBook's highlighter, which would take the marks out.
for (const code of document.querySelectorAll("main :not(pre) > code")) {
  if (!code.children.length && code.textContent.includes("_")) code.innerHTML = code.innerHTML.replaceAll("_", "_<wbr>");
}
