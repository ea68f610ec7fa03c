/**
 * The package's entries, read from `exports` in package.json: the name that users import, and the source
 * file behind it. Everything else that lists entries reads this list.
 */
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const checkout = join(__dirname, '../..');
const OWN_FOLDERS = {
  '.': 'src/index.ts',
  './operators': 'operators/index.ts',
  './testing': 'src/testing/index.ts',
};

const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));

const entries = Object.keys(manifest.exports)
  .filter((path) => path !== './package.json' && !path.includes('*'))
  .map((path) => ({
    path,
    name: manifest.name + path.slice(1),
    source: OWN_FOLDERS[path] ?? `src/entries/${path.slice(2)}.ts`,
  }));

for (const { name: entry, source } of entries) {
  if (!existsSync(join(checkout, source)))
    throw new Error(`${entry} has no source file ${source}.`);
}

module.exports = { entries };
