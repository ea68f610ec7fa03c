/**
 * Bundles the page of the dashboard, src/dashboard/page, into three files: HTML, one script, one style.
 * As a command it writes them to dist; a checkout bundles them when they are needed.
 */
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const checkout = join(__dirname, '../..');
const page = join(checkout, 'src/dashboard/page');

/** { html, script, style } */
function bundlePage() {
  const { outputFiles } = require('esbuild').buildSync({
    entryPoints: [join(page, 'main.tsx')],
    bundle: true,
    minify: true,
    write: false,
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
  };
}

module.exports = { bundlePage };

if (require.main === module) {
  const { html, script, style } = bundlePage();
  const target = join(checkout, 'dist/src/dashboard/page');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'index.html'), html);
  writeFileSync(join(target, 'page.js'), script);
  writeFileSync(join(target, 'page.css'), style);
}
