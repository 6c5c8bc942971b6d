// Packs the modules of the live pictures as scripts, since a page opened as a file may not fetch: `GRADUS_LIVE.NAME = "…"`.
// A module must need nothing from the page, and stay small. Usage: node live.mjs MODULES OUT
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const [modules, out] = process.argv.slice(2);
const LARGEST = 64e3;
const problems = [];
const sizes = [];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const file of readdirSync(resolve(import.meta.dirname, "live/examples"))) {
  const name = basename(file, ".rs");
  const bytes = readFileSync(join(modules, `${name}.wasm`));
  const imports = WebAssembly.Module.imports(await WebAssembly.compile(bytes));
  if (imports.length) problems.push(`${name}.wasm imports ${imports.map((it) => it.name).join(", ")}`);
  if (bytes.length > LARGEST) problems.push(`${name}.wasm has ${bytes.length} bytes, more than ${LARGEST}`);
  const packed = gzipSync(bytes, { level: 9 });
  writeFileSync(join(out, `${name}.js`), `(window.GRADUS_LIVE ??= {}).${name} = "${packed.toString("base64")}";\n`);
  sizes.push({ name, bytes: bytes.length, packed: packed.length });
}
for (const { name, bytes, packed } of sizes.sort((a, b) => a.bytes - b.bytes)) {
  console.log(`${name}: ${(bytes / 1e3).toFixed(1)} kB, packed ${(packed / 1e3).toFixed(1)} kB`);
}
for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);
