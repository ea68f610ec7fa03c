/**
 * Bundles the command line in place: a command loads one file instead of several hundred, which is a
 * sixth of what a small replay takes. Modules keep their CommonJS form inside, so each is executed when
 * it is first required. Threads load modules one by one: a bundle for each would take more room than the
 * package has.
 */
const { chmodSync, readFileSync } = require('node:fs');
const { basename, dirname, join, relative } = require('node:path');

const checkout = join(__dirname, '../..');
const dist = join(checkout, 'dist');
const PROGRAM = join(dist, 'src/cli/main.js');

/** Optional packages, loaded when they are needed, and the peer. */
function packagesBeside() {
  const { optionalDependencies, peerDependenciesMeta } = require('../../package.json');
  const optional = Object.keys({ ...optionalDependencies, ...peerDependenciesMeta });
  return [...optional, 'rxjs', 'jiti', 'esbuild', 'typescript', 'ts-node'];
}

/** A module finds its neighbors on disk as if it were still where it was. */
const keepFolders = {
  name: 'keep-folders',
  setup(build) {
    build.onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(dist)) return undefined;
      const here = relative(dirname(PROGRAM), dirname(path));
      const at = (...parts) =>
        `require('node:path').join(__dirname, ${JSON.stringify(join(...parts))})`;
      const contents = readFileSync(path, 'utf8')
        .replace(/\b__dirname\b/g, at(here, '.'))
        .replace(/\b__filename\b/g, at(here, basename(path)));
      return { contents, loader: 'js' };
    });
  },
};

/** zod's messages in some fifty languages, of which it takes English by its own path. */
const withoutLocales = {
  name: 'without-locales',
  setup(build) {
    build.onLoad({ filter: /\/zod\/v4\/locales\/index\.cjs$/ }, () => ({ contents: '' }));
  },
};

/** The paths of all modules that are in the bundle now. */
async function bundleCommand() {
  const { build } = require('esbuild');
  const { metafile } = await build({
    absWorkingDir: checkout,
    entryPoints: [PROGRAM],
    outfile: PROGRAM,
    allowOverwrite: true,
    bundle: true,
    metafile: true,
    platform: 'node',
    target: 'node20',
    external: packagesBeside(),
    plugins: [keepFolders, withoutLocales],
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
    legalComments: 'none',
  });
  chmodSync(PROGRAM, 0o755);
  return Object.keys(metafile.inputs);
}

module.exports = { bundleCommand };
