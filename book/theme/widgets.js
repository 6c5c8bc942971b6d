// Live pictures: numbers from the library itself, compiled to WebAssembly, a module a picture. Without it a page is complete.
(() => {
  const widgets = document.querySelectorAll("[data-widget]");
  if (!widgets.length || !window.WebAssembly || !window.DecompressionStream) return;
  const here = document.currentScript.src;
  for (const kind of new Set([...widgets].map((widget) => widget.dataset.widget))) {
    const script = document.createElement("script"); // not fetch: a page opened as a file may not fetch
    script.src = new URL(`live/${kind}.js`, here);
    script.onload = async () => {
      const packed = new Blob([Uint8Array.from(atob(window.GRADUS_LIVE[kind]), (c) => c.charCodeAt(0))]);
      const bytes = await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
      const { instance } = await WebAssembly.instantiate(bytes, {});
      // The memory may grow in a call, so the buffer is looked up each time.
      const library = instance.exports;
      const numbers = (n) => new Float64Array(library.memory.buffer, library.buffer(), n);
      for (const widget of widgets) if (widget.dataset.widget === kind) kinds[kind](widget, library, numbers);
    };
    document.head.append(script); // where it is missing, a widget stays hidden
  }

  const kinds = { softmax, sigmoid, differences, descent, bayes, coin, divergence, boundary, tape, dropout, depth, schedule, code };

  /// Sliders { name: [least, most, step, value] } and outputs, labelled by the page's data; draws now and on every move.
  function controls(widget, sliders, outputs, draw, picture = "") {
    const label = (name) => widget.dataset[name] ?? name;
    const row = (name, inner) => `<label><span>${label(name)}</span> ${inner}<output data-of="${name}"></output></label>`;
    widget.innerHTML =
      Object.entries(sliders).map(([name, [min, max, step, value]]) =>
        row(name, `<input type="range" data-of="${name}" min="${min}" max="${max}" step="${step}" value="${value}">`)).join("") +
      picture + outputs.map((name) => row(name, "")).join("") + `<small>${widget.dataset.note ?? ""}</small>`;
    const show = (name, text) => { widget.querySelector(`output[data-of="${name}"]`).value = text; };
    const redraw = () => {
      const values = {};
      for (const input of widget.querySelectorAll("input")) values[input.dataset.of] = +input.value;
      draw(values, show);
    };
    widget.addEventListener("input", redraw);
    redraw();
  }

  const short = (x) => Number.isNaN(x) ? "–" : !Number.isFinite(x) ? (x > 0 ? "∞" : "−∞")
    : (x !== 0 && (Math.abs(x) < 1e-3 || Math.abs(x) >= 1e5) ? x.toExponential(2) : x.toPrecision(4)).replace("-", "−");

  /// A drawing of curves and dots: (x, y) in the box [x0, x1] × [y0, y1].
  function drawing(x0, x1, y0, y1, height = 200) {
    const width = 480;
    const at = (x, y) => [((x - x0) / (x1 - x0)) * width, height - ((y - y0) / (y1 - y0)) * height];
    const finite = ([x, y]) => Number.isFinite(x) && Number.isFinite(y);
    const parts = [];
    return {
      curve(points, style = "") {
        const path = points.filter(finite).map(([x, y]) => at(x, y).map((v) => Math.max(-1e4, Math.min(1e4, v)).toFixed(1)).join(",")).join(" ");
        parts.push(`<polyline class="${style}" points="${path}"/>`);
      },
      dots(points, radius = 4, style = "") {
        for (const point of points.filter(finite)) {
          const [x, y] = at(...point);
          parts.push(`<circle class="${style}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius}"/>`);
        }
      },
      text(x, y, words, style = "") {
        const [left, top] = at(x, y);
        parts.push(`<text class="${style}" x="${left.toFixed(1)}" y="${top.toFixed(1)}">${words}</text>`);
      },
      svg: () => `<svg viewBox="0 0 ${width} ${height}" role="img">${parts.join("")}</svg>`,
    };
  }
  const range = (from, to, n) => Array.from({ length: n + 1 }, (_, i) => from + ((to - from) * i) / n);
  const PLOT = `<div class="plot"></div>`;
  const plot = (widget, drawn) => { widget.querySelector(".plot").innerHTML = drawn.svg(); };

  function softmax(widget, library, numbers) {
    const scores = widget.dataset.scores.split(" ").map(Number);
    const bars = scores.map((score) => `<div class="bar"><span>${String(score).replace("-", "−")}</span><i></i><b></b></div>`).join("");
    controls(widget, { temperature: [-4, 5, 0.05, 0] }, ["entropy"], (values, show) => {
      const temperature = 2 ** values.temperature;
      numbers(scores.length).set(scores);
      const nats = library.softmax(scores.length, temperature);
      const p = numbers(scores.length);
      show("temperature", temperature.toPrecision(3));
      show("entropy", nats.toFixed(4));
      widget.querySelectorAll(".bar").forEach((bar, i) => {
        bar.children[1].style.width = `${100 * p[i]}%`;
        bar.children[2].textContent = p[i].toFixed(4);
      });
    }, bars);
  }

  function sigmoid(widget, library, numbers) {
    controls(widget, { x: [-45, 45, 0.1, 1.1] }, ["p", "slope", "logit"], (values, show) => {
      const p = library.sigmoid_at(values.x);
      const [slope, logit] = numbers(2);
      show("x", values.x.toFixed(1).replace("-", "−"));
      show("p", p < 1e-3 ? short(p) : p.toFixed(6));
      show("slope", short(slope));
      show("logit", short(logit));
      const wide = Math.max(6, Math.abs(values.x));
      const drawn = drawing(-wide, wide, -0.05, 1.05, 140);
      drawn.curve(range(-wide, wide, 120).map((x) => [x, library.sigmoid_at(x)]));
      drawn.curve([[values.x - wide / 4, p - (slope * wide) / 4], [values.x + wide / 4, p + (slope * wide) / 4]], "second");
      drawn.dots([[values.x, p]]);
      plot(widget, drawn);
    }, PLOT);
  }

  /// The sine at x, its secant, and the errors of two difference quotients over the step.
  function differences(widget, library, numbers) {
    const errors = (x, h) => {
      const slope = library.differences(x, h);
      return [...numbers(2)].map((value) => Math.abs(value - slope));
    };
    controls(widget, { x: [-3, 3, 0.05, 1], h: [-15, 0, 0.25, -1] }, ["forward", "central"], (values, show) => {
      const h = 10 ** values.h;
      const [forward, central] = errors(values.x, h);
      show("x", values.x.toFixed(2).replace("-", "−"));
      show("h", h.toExponential(1));
      show("forward", short(forward));
      show("central", short(central));
      const log = (error) => Math.log10(Math.max(error, 1e-16));
      const drawn = drawing(-15, 0, -13, 0);
      const sweep = range(-15, 0, 150).map((h) => [h, errors(values.x, 10 ** h).map(log)]);
      drawn.curve(sweep.map(([h, [error]]) => [h, error]));
      drawn.curve(sweep.map(([h, [, error]]) => [h, error]), "second");
      drawn.dots([[values.h, log(forward)], [values.h, log(central)]]);
      plot(widget, drawn);
    }, PLOT);
  }

  /// A path down a valley; data-method is 0 (gradient descent), 1 (momentum) or 2 (Adam), data-beside a second method.
  function descent(widget, library, numbers) {
    const { method = "0", beside, kappa = "10" } = widget.dataset;
    const STEPS = 60;
    const sliders = { rate: [-3, 0.6, 0.02, -1.2] };
    if (method === "1") sliders.mu = [0, 0.99, 0.01, 0.8];
    const path = (method, rate, mu) => {
      const height = library.descend(+method, rate, mu, +kappa, STEPS);
      const flat = [...numbers(2 * STEPS)];
      return [height, [[-4, 1.5], ...range(0, STEPS - 1, STEPS - 1).map((i) => [flat[2 * i], flat[2 * i + 1]])]];
    };
    controls(widget, sliders, beside ? ["height", "heightBeside"] : ["height"], (values, show) => {
      const rate = 10 ** values.rate;
      show("rate", rate.toPrecision(3));
      if (method === "1") show("mu", values.mu.toFixed(2));
      const drawn = drawing(-5, 5, -2.1, 2.1, 202);
      for (const level of [0.25, 1, 2, 4, 8, 12]) {
        const [a, b] = [Math.sqrt(2 * level), Math.sqrt((2 * level) / +kappa)];
        drawn.curve(range(0, 2 * Math.PI, 60).map((t) => [a * Math.cos(t), b * Math.sin(t)]), "level");
      }
      if (beside) {
        const [height, points] = path(beside, rate, 0.9);
        show("heightBeside", short(height));
        drawn.curve(points, "second");
      }
      const [height, points] = path(method, rate, values.mu ?? 0);
      show("height", short(height));
      drawn.curve(points);
      drawn.dots(points, 2);
      plot(widget, drawn);
    }, PLOT);
  }

  function bayes(widget, library) {
    const sliders = { prior: [-4, -0.05, 0.05, -2], sensitivity: [0.5, 1, 0.01, 0.9], alarms: [0.001, 0.5, 0.001, 0.09] };
    controls(widget, sliders, ["posterior"], (values, show) => {
      const prior = 10 ** values.prior;
      const posterior = library.bayes(prior, values.sensitivity, values.alarms);
      show("prior", prior.toPrecision(2));
      show("sensitivity", values.sensitivity.toFixed(2));
      show("alarms", values.alarms.toFixed(3));
      show("posterior", posterior.toFixed(4));
      const drawn = drawing(-4, 0, 0, 1);
      drawn.curve(range(-4, 0, 100).map((e) => [e, library.bayes(10 ** e, values.sensitivity, values.alarms)]));
      drawn.curve(range(-4, 0, 100).map((e) => [e, 10 ** e]), "level");
      drawn.dots([[values.prior, posterior]]);
      plot(widget, drawn);
    }, PLOT);
  }

  function coin(widget, library) {
    controls(widget, { p: [0, 1, 0.01, 0.5] }, ["entropy", "bits"], (values, show) => {
      const nats = library.coin(values.p);
      show("p", values.p.toFixed(2));
      show("entropy", nats.toFixed(4));
      show("bits", (nats / Math.LN2).toFixed(4));
      const drawn = drawing(0, 1, 0, 0.75, 160);
      drawn.curve(range(0, 1, 100).map((p) => [p, library.coin(p)]));
      drawn.dots([[values.p, nats]]);
      plot(widget, drawn);
    }, PLOT);
  }

  /// A line between two groups of points, after as many steps as the slider says.
  function boundary(widget, library, numbers) {
    const POINTS = 12;
    controls(widget, { steps: [0, 200, 1, 0], rate: [-2, 1.5, 0.05, 0] }, ["loss", "accuracy"], (values, show) => {
      const rate = 10 ** values.rate;
      const loss = library.boundary(rate, values.steps);
      const [u, v, b, accuracy, ...flat] = numbers(4 + 2 * POINTS);
      show("steps", String(values.steps));
      show("rate", rate.toPrecision(2));
      show("loss", short(loss));
      show("accuracy", `${Math.round(accuracy * POINTS)} / ${POINTS}`);
      const drawn = drawing(-3, 3, -2, 2, 320);
      const points = range(0, POINTS - 1, POINTS - 1).map((i) => [flat[2 * i], flat[2 * i + 1]]);
      // Where u x + v y + b is 0: through the point nearest to the origin, along (−v, u).
      const size = u * u + v * v;
      if (size > 0) drawn.curve([-9, 9].map((t) => [-(u * b) / size - (v * t) / Math.sqrt(size), -(v * b) / size + (u * t) / Math.sqrt(size)]));
      drawn.dots(points.slice(0, POINTS / 2), 5, "second");
      drawn.dots(points.slice(POINTS / 2), 5);
      plot(widget, drawn);
    }, PLOT);
  }

  /// Two normal laws p (fixed) and q, and their divergences both ways.
  function divergence(widget, library, numbers) {
    controls(widget, { mean: [-4, 4, 0.05, 1], spread: [0.2, 3, 0.05, 1] }, ["forward", "backward"], (values, show) => {
      const forward = library.divergence(0, 1, values.mean, values.spread);
      const [backward] = numbers(1);
      show("mean", values.mean.toFixed(2).replace("-", "−"));
      show("spread", values.spread.toFixed(2));
      show("forward", short(forward));
      show("backward", short(backward));
      const density = (x, m, s) => Math.exp(-0.5 * ((x - m) / s) ** 2) / (s * Math.sqrt(2 * Math.PI));
      const drawn = drawing(-6, 6, 0, Math.max(0.5, density(0, 0, values.spread)), 160);
      drawn.curve(range(-6, 6, 200).map((x) => [x, density(x, 0, 1)]));
      drawn.curve(range(-6, 6, 200).map((x) => [x, density(x, values.mean, values.spread)]), "second");
      plot(widget, drawn);
    }, PLOT);
  }

  /// The tape of y = (a + b) b, step by step: values forward, adjoints backward. data-words has a sentence a step.
  function tape(widget, library, numbers) {
    const words = widget.dataset.words.split("|");
    const places = { a: [0.7, 2.3], b: [0.7, 0.95], s: [2.5, 2.3], y: [4.3, 1.6] };
    const plain = (x) => String(+x.toFixed(2)).replace("-", "−");
    // Each edge: from, to, the step that goes forward along it, the one that goes back.
    const edges = [["a", "s", 1, 5], ["b", "s", 1, 5], ["s", "y", 2, 4], ["b", "y", 2, 4]];
    controls(widget, { a: [-5, 5, 0.5, 2], b: [-5, 5, 0.5, 3], step: [0, 5, 1, 0] }, [], ({ a, b, step }, show) => {
      const y = library.tape(a, b);
      const [s, , sBar, fromY, aBar, fromS] = numbers(6);
      show("a", plain(a));
      show("b", plain(b));
      show("step", `${step} / 5`);
      const values = { a, b, s: step >= 1 ? s : NaN, y: step >= 2 ? y : NaN };
      const adjoints = { y: step >= 3 ? 1 : NaN, s: step >= 4 ? sBar : NaN, a: step >= 5 ? aBar : NaN,
        b: step >= 5 ? fromY + fromS : step >= 4 ? fromY : NaN };
      const drawn = drawing(0, 5, 0, 2.7, 260);
      for (const [from, to, forward, back] of edges) {
        const [p, q] = [places[from], places[to]];
        const ends = [[p[0] + 0.5, p[1]], [q[0] - 0.5, q[1]]]; // beside the words
        drawn.curve(ends, step === back ? "second" : step === forward ? "" : "level");
        drawn.dots([step >= 3 ? ends[0] : ends[1]], 3, step === back ? "second" : "");
      }
      for (const [name, [x, top]] of Object.entries(places)) {
        drawn.text(x, top - 0.06, Number.isNaN(values[name]) ? name : `${name} = ${plain(values[name])}`);
        if (!Number.isNaN(adjoints[name])) drawn.text(x, top - 0.36, `${name}\u0304 = ${plain(adjoints[name])}`, "second");
      }
      drawn.text(2.5, 0.08, words[step]);
      plot(widget, drawn);
    }, PLOT);
  }

  /// A network that learns twelve noisy points with dropout; the thin line is the rule behind them.
  function dropout(widget, library, numbers) {
    const [PLACES, POINTS] = [101, 12];
    controls(widget, { p: [0, 0.9, 0.05, 0], steps: [0, 400, 20, 300] }, ["distance"], (values, show) => {
      const distance = library.dropout(values.p, values.steps);
      const flat = [...numbers(PLACES + 2 * POINTS)];
      show("p", values.p.toFixed(2));
      show("steps", String(values.steps));
      show("distance", short(distance));
      const drawn = drawing(-2.1, 2.1, -2.2, 2.2, 260);
      const places = range(-2, 2, PLACES - 1);
      drawn.curve(places.map((x) => [x, Math.sin(1.5 * x)]), "level");
      drawn.curve(places.map((x, i) => [x, flat[i]]));
      drawn.dots(range(0, POINTS - 1, POINTS - 1).map((i) => [flat[PLACES + 2 * i], flat[PLACES + 2 * i + 1]]));
      plot(widget, drawn);
    }, PLOT);
  }

  /// The length of the gradient, layer by layer: plain (second curve) and with batch normalization.
  function depth(widget, library, numbers) {
    controls(widget, { scale: [-3, 3, 0.1, -1] }, ["plain", "normalized"], (values, show) => {
      const scale = 2 ** values.scale;
      const layers = library.depth(scale);
      const lengths = [...numbers(2 * layers)];
      show("scale", scale.toPrecision(3));
      show("plain", short(lengths[0]));
      show("normalized", short(lengths[layers]));
      const drawn = drawing(0.5, layers + 0.5, -10, 4);
      drawn.curve([[0.5, 0], [layers + 0.5, 0]], "level");
      const curve = (from) => range(1, layers, layers - 1).map((layer, i) => [layer, Math.log10(lengths[from + i])]);
      drawn.curve(curve(0), "second");
      drawn.dots(curve(0), 3, "second");
      drawn.curve(curve(layers));
      drawn.dots(curve(layers), 3);
      plot(widget, drawn);
    }, PLOT);
  }

  /// Distances to the minimum at a rate that stays (second curve) and at one that falls; the thin line is the second rate.
  function schedule(widget, library, numbers) {
    const STEPS = 100;
    controls(widget, { rate: [0.05, 1.5, 0.05, 0.5], warmUp: [0, 60, 1, 10] }, ["still", "falling"], (values, show) => {
      const last = library.schedule(values.rate, values.warmUp);
      const flat = [...numbers(3 * STEPS)];
      show("rate", values.rate.toFixed(2));
      show("warmUp", String(values.warmUp));
      show("still", short(flat[STEPS - 1]));
      show("falling", short(last));
      const drawn = drawing(0, STEPS, -1.5, 1.3, 220);
      const curve = (from, of) => range(1, STEPS, STEPS - 1).map((step, i) => [step, of(flat[from + i])]);
      drawn.curve(curve(2 * STEPS, (rate) => -1.5 + 1.5 * rate), "level");
      drawn.curve(curve(0, Math.log10), "second");
      drawn.curve(curve(STEPS, Math.log10));
      plot(widget, drawn);
    }, PLOT);
  }

  /// Bits for a flip by Huffman's code of blocks of n, over the probability of heads; the thin line is the entropy.
  function code(widget, library) {
    controls(widget, { p: [0.01, 0.99, 0.01, 0.1], n: [1, 8, 1, 3] }, ["bits", "entropy"], ({ p, n }, show) => {
      const bits = library.code(p, n);
      show("p", p.toFixed(2));
      show("n", String(n));
      show("bits", bits.toFixed(4));
      show("entropy", (library.coin(p) / Math.LN2).toFixed(4));
      const drawn = drawing(0, 1, 0, 1.05, 180);
      const places = range(0.01, 0.99, 98);
      drawn.curve(places.map((p) => [p, library.coin(p) / Math.LN2]), "level");
      drawn.curve(places.map((p) => [p, library.code(p, n)]));
      drawn.dots([[p, bits]]);
      plot(widget, drawn);
    }, PLOT);
  }
})();
