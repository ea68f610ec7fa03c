/**
 * Bundles the page of the dashboard, src/dashboard/page, into three files: HTML, one script, one style.
 * The package has them in dist; a checkout bundles them when they are needed.
 */
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const checkout = join(__dirname, '../..');
const page = join(checkout, 'src/dashboard/page');

/** { html, script, style, modules }: the last one has the paths of all modules in the script. */
function bundlePage() {
  const { outputFiles, metafile } = require('esbuild').buildSync({
    absWorkingDir: checkout,
    entryPoints: [join(page, 'main.tsx')],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: page,
    format: 'iife',
    target: ['chrome111', 'firefox113', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'error',
  });
  const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text.trim();
  return {
    html: readFileSync(join(page, 'index.html'), 'utf8'),
    script: textOf('.js'),
    style: textOf('.css'),
    modules: Object.keys(metafile.inputs),
  };
}

/** Writes the page to dist; returns the paths of its modules. */
function writePage() {
  const { html, script, style, modules } = bundlePage();
  const target = join(checkout, 'dist/src/dashboard/page');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'index.html'), html);
  writeFileSync(join(target, 'page.js'), script);
  writeFileSync(join(target, 'page.css'), style);
  return modules;
}

module.exports = { bundlePage, writePage };
