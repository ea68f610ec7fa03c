/** An empty project in which the packed package is installed, as its users have it. */
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const checkout = join(__dirname, '../..');
const readJson = (name) => JSON.parse(readFileSync(join(checkout, name), 'utf8'));

const PUBLISHED =
  /^(dist\/.+\.(js|d\.ts|mjs|d\.mts)|dist\/src\/dashboard\/page\/(index\.html|page\.css)|dist\/LICENSES\.txt|dist\/schemas\/v\d+\/[\w-]+\.json|(dist\/esm\/)?package\.json|README\.md|LICENSE)$/;

/**
 * Packs dist/ into a folder; returns what npm says of the tarball. Fails if it holds anything that is not
 * to be published.
 */
function pack(folder) {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [tarball] = JSON.parse(
    execFileSync('npm', args, {
      cwd: checkout,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  const paths = tarball.files.map(({ path }) => path);
  for (const path of paths) assert.match(path, PUBLISHED);
  for (const name of ['index.html', 'page.js', 'page.css']) {
    assert.ok(paths.includes(`dist/src/dashboard/page/${name}`), `no ${name} of the dashboard`);
  }
  return tarball;
}

/**
 * Makes a project in a temporary folder and installs the package there beside rxjs, with the versions of our
 * lock file and without our development tools; returns the folder.
 *
 * @param omit what npm leaves out: `['optional']`
 */
function createConsumer(omit = []) {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-package-'));
  const tarball = pack(folder);
  const ours = readJson('package.json');
  const lock = readJson('package-lock.json');
  const manifest = {
    name: 'consumer',
    private: true,
    dependencies: {
      barometer: `file:${tarball.filename}`,
      rxjs: lock.packages['node_modules/rxjs'].version,
    },
  };
  const packages = { '': manifest };
  for (const [path, { dev, devOptional, ...locked }] of Object.entries(lock.packages)) {
    const isPeer = ['node_modules/rxjs', 'node_modules/tslib'].includes(path);
    if (path === '' || (dev && !isPeer)) continue;
    packages[path] = devOptional ? { ...locked, optional: true } : locked;
  }
  packages['node_modules/barometer'] = {
    version: ours.version,
    resolved: manifest.dependencies.barometer,
    integrity: tarball.integrity,
    dependencies: ours.dependencies,
    optionalDependencies: ours.optionalDependencies,
    peerDependencies: ours.peerDependencies,
    peerDependenciesMeta: ours.peerDependenciesMeta,
    bin: ours.bin,
  };
  const write = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value, null, 2));
  write('package.json', manifest);
  write('package-lock.json', { ...manifest, lockfileVersion: 3, requires: true, packages });
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['ci', ...flags, ...omit.map((what) => `--omit=${what}`)], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { folder, tarball: join(folder, tarball.filename) };
}

module.exports = { checkout, createConsumer };
