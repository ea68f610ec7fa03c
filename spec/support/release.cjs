/**
 * Builds and packs twice, fails unless the two archives are the same to the byte, and leaves the
 * archive, its checksum and a bill of materials in reports/release.
 */
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { billOfMaterials } = require('./billOfMaterials.cjs');

const root = join(__dirname, '../..');
const target = join(root, 'reports/release');
rmSync(target, { recursive: true, force: true });

const npm = (...args) =>
  execFileSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  });

function packed(folder) {
  const destination = join(target, folder);
  mkdirSync(destination, { recursive: true });
  npm('run', '-s', 'build');
  const [{ filename }] = JSON.parse(
    npm('pack', '--ignore-scripts', '--json', '--pack-destination', destination),
  );
  const path = join(destination, filename);
  return { path, filename, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') };
}

const [first, second] = ['first', 'second'].map(packed);
if (first.sha256 !== second.sha256) {
  console.error(`two builds differ: ${first.path} and ${second.path}`);
  process.exit(1);
}
renameSync(first.path, join(target, first.filename));
for (const folder of ['first', 'second']) rmSync(join(target, folder), { recursive: true });
writeFileSync(join(target, 'SHA256SUMS'), `${first.sha256}  ${first.filename}\n`);
const bill = `${first.filename.replace(/\.tgz$/, '')}.cdx.json`;
const all = JSON.parse(npm('sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'));
const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const licenses = readFileSync(join(root, 'dist/LICENSES.txt'), 'utf8');
writeFileSync(
  join(target, bill),
  `${JSON.stringify(billOfMaterials(all, { name, licenses }), null, 2)}\n`,
);
console.log(`${first.sha256}  ${first.filename}\nbill of materials: ${bill}`);
