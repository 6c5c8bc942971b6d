// Live pictures: numbers from the library itself, compiled to WebAssembly. Without it a page is complete.
(() => {
  const widgets = document.querySelectorAll("[data-widget]");
  if (!widgets.length || !window.WebAssembly) return;
  const here = document.currentScript.src;
  const script = document.createElement("script"); // not fetch: a page opened as a file may not fetch
  script.src = new URL("wasm.js", here);
  script.onload = async () => {
    if (!window.GRADUS_WASM) return;
    const bytes = Uint8Array.from(atob(window.GRADUS_WASM), (c) => c.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(bytes, {});
    widgets.forEach((widget) => kinds[widget.dataset.widget]?.(widget, instance.exports));
  };
  document.head.append(script); // where it is missing or empty, a widget stays hidden

  const kinds = { softmax };

  function softmax(widget, library) {
    const scores = widget.dataset.scores.split(" ").map(Number);
    widget.innerHTML =
      `<label>${widget.dataset.temperature} <input type="range" min="-4" max="5" step="0.05" value="0"><output></output></label>` +
      scores.map((score) => `<div class="bar"><span>${String(score).replace("-", "−")}</span><i></i><b></b></div>`).join("") +
      `<label>${widget.dataset.entropy} <output></output></label><small>${widget.dataset.note}</small>`;
    const slider = widget.querySelector("input");
    const [shown, entropy] = widget.querySelectorAll("output");
    const draw = () => {
      const temperature = 2 ** slider.value;
      const numbers = new Float64Array(library.memory.buffer, library.buffer(), scores.length);
      numbers.set(scores);
      const nats = library.softmax(scores.length, temperature);
      // The memory may have grown: look again.
      const p = new Float64Array(library.memory.buffer, library.buffer(), scores.length);
      shown.value = temperature.toPrecision(3);
      entropy.value = nats.toFixed(4);
      widget.querySelectorAll(".bar").forEach((bar, i) => {
        bar.children[1].style.width = `${100 * p[i]}%`;
        bar.children[2].textContent = p[i].toFixed(4);
      });
    };
    slider.addEventListener("input", draw);
    draw();
  }
})();
