/** Writes the licenses of the packages whose code is in a bundle: they ask to be handed on with it. */
const { readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const checkout = join(__dirname, '../..');

/** @param inputs paths of modules, from the checkout */
function writeLicenses(inputs, target) {
  const names = inputs.map(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(path)?.[1],
  );
  const packages = [...new Set(names.filter((name) => name !== undefined))].sort();
  const parts = packages.map((name) => {
    const folder = join(checkout, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name}: has no license file`);
    const text = readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  writeFileSync(target, parts.join(`\n${'-'.repeat(80)}\n\n`));
}

module.exports = { writeLicenses };
