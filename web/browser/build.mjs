// Builds what staff pages load into ../static. Pages ask for a file with the digest of its content (`asset` in layout.py);
// only fonts, which style sheets ask for, carry it in their name.

import { chmod, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import esbuild from "esbuild";
import rtlcss from "rtlcss";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "static");
const packages = join(here, "node_modules");

// The footer of GOV.UK shows the royal crest, which is not ours to use.
const crest = /[a-z-]+: url\([^)]*govuk-crest[^)]*\)[^;]*;/g;

// `ihala.scss` is the sheet of left-to-right pages; `ihala.scss?rtl` is the same one mirrored.
const styleSheets = {
  name: "style-sheets",
  setup(build) {
    build.onResolve({ filter: /\.scss(\?rtl)?$/ }, ({ path }) => {
      const [file, mirrored] = path.split("?");
      return { path: join(here, file), suffix: mirrored ? "?rtl" : "" };
    });
    build.onLoad({ filter: /\.scss$/ }, ({ path, suffix }) => {
      const css = sass.compile(path, { loadPaths: [packages], quietDeps: true }).css.replace(crest, "");
      return { contents: suffix ? rtlcss.process(css) : css, loader: "css", resolveDir: here };
    });
  },
};

const entries = [
  { in: "ihala.scss", out: "ihala" },
  { in: "ihala.scss?rtl", out: "ihala.rtl" },
  { in: "govuk.js", out: "govuk" },
  { in: "htmx.js", out: "htmx" },
  { in: "page.js", out: "page" },
  { in: "neutral.css", out: "neutral" },
  { in: "mark.svg", out: "mark" },
  { in: "diagram.js", out: "diagram" },
  { in: "print.css", out: "print" },
  { in: "modeler.js", out: "modeler" },
  { in: "form-editor.js", out: "form-editor" },
];

// The folder is exchanged whole, so that a page never meets half of a build.
const fresh = await mkdtemp(join(here, "..", ".static-"));
try {
  await esbuild.build({
    absWorkingDir: here,
    entryPoints: entries,
    entryNames: "[name]",
    assetNames: "fonts/[name]-[hash]",
    outdir: fresh,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022"],
    loader: { ".woff2": "file", ".svg": "copy" },
    legalComments: "none",
    logLevel: "warning",
    plugins: [styleSheets],
  });
  await chmod(fresh, 0o755);
  await rm(built, { recursive: true, force: true });
  await rename(fresh, built);
} finally {
  await rm(fresh, { recursive: true, force: true });
}
