// Bundles the page: `npm ci && npm run build` writes bundle.js, the same bytes from the same sources.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";

const COARSER = 5;
const here = new URL("./", import.meta.url);
const read = (name) => readFile(new URL(name, here), "utf8");

/** The countries of world-atlas in steps of a 20,000th of the world, without names and what else the map does not draw. */
const world = {
  name: "world",
  setup(plan) {
    plan.onResolve({ filter: /^world$/ }, () => ({ path: "world", namespace: "world" }));
    plan.onLoad({ filter: /.*/, namespace: "world" }, async () => {
      const { type, arcs, transform, objects } = JSON.parse(await read("node_modules/world-atlas/countries-110m.json"));
      const geometries = objects.countries.geometries.map((each) => ({ type: each.type, arcs: each.arcs }));
      const countries = { type: "GeometryCollection", geometries };
      const scale = transform.scale.map((each) => each * COARSER);
      const coarse = { type, arcs: arcs.map(coarser), transform: { ...transform, scale }, objects: { countries } };
      return { contents: JSON.stringify(coarse), loader: "json" };
    });
  },
};

/** An arc of steps from point to point, on a coarser grid; steps that go nowhere are left out, but for the last. */
function coarser(arc) {
  let [x, y, at] = [0, 0, [0, 0]];
  const points = arc.map(([dx, dy]) => [Math.round((x += dx) / COARSER), Math.round((y += dy) / COARSER)]);
  const steps = points.map(([px, py]) => {
    const step = [px - at[0], py - at[1]];
    at = [px, py];
    return step;
  });
  return steps.filter(([dx, dy], number) => dx || dy || number === 0 || (number === 1 && steps.length === 2));
}

const done = await build({
  absWorkingDir: new URL(".", here).pathname,
  entryPoints: ["src/main.js"],
  bundle: true,
  write: false,
  minify: true,
  charset: "utf8",
  format: "iife",
  globalName: "kgPage",
  target: "es2021",
  legalComments: "none",
  metafile: true,
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [world],
});
const { listed, notice } = await licences();
const banner = `/*!\n${notice}\n*/\n`;
await writeFile(new URL(process.argv[2] || "bundle.js", here), banner + done.outputFiles[0].text);
if (!process.argv[2]) await writeFile(new URL("LICENSES.txt", here), listed);

/** The licences of what is bundled, in full, and in short for the head of the bundle. */
async function licences() {
  const found = Object.keys(done.metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  const names = [...new Set([...found.filter(Boolean), "world-atlas"])].sort();
  const used = await Promise.all(names.map((name) => licence(`node_modules/${name}`)));
  return {
    notice: ["The page of kg (MIT) with:", ...used.map((each) => `  ${each.title}`)].join("\n"),
    listed: used.map((each) => `${each.title}\n${"=".repeat(each.title.length)}\n\n${each.text.trim()}\n`).join("\n\n"),
  };
}

async function licence(path) {
  const about = JSON.parse(await read(`${path}/package.json`));
  const file = await Promise.any(["LICENSE", "LICENSE.txt", "LICENSE.md", "license"].map((name) => read(`${path}/${name}`))).catch(() => "");
  return { title: `${about.name} ${about.version} (${about.license})`, text: file || `${about.license}; no text comes with the package.` };
}
