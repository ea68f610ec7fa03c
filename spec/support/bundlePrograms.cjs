/**
 * Bundles the programs of the package, each in place: the command line and what its threads run. A
 * command loads one file instead of several hundred, which is a third of what a small replay takes.
 * Modules keep their CommonJS form inside, so each is executed when it is first required.
 */
const { chmodSync, readFileSync } = require('node:fs');
const { basename, dirname, join, relative } = require('node:path');

const checkout = join(__dirname, '../..');
const dist = join(checkout, 'dist');
const PROGRAMS = ['src/cli/main.js', 'streams/threads/worker.js', 'streams/live/ingressWorker.js'];

/** Packages that are loaded when they are needed, and may be missing. */
function lazyPackages() {
  const { optionalDependencies, peerDependenciesMeta } = require('../../package.json');
  const optional = Object.keys({ ...optionalDependencies, ...peerDependenciesMeta });
  return [...optional, 'jiti', 'esbuild', 'typescript', 'ts-node'];
}

/** A module finds its neighbors on disk as if it were still where it was. */
const keepFolders = (program) => ({
  name: 'keep-folders',
  setup(build) {
    build.onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(dist)) return undefined;
      const here = relative(dirname(program), dirname(path));
      const at = (...parts) =>
        `require('node:path').join(__dirname, ${JSON.stringify(join(...parts))})`;
      const contents = readFileSync(path, 'utf8')
        .replace(/\b__dirname\b/g, at(here, '.'))
        .replace(/\b__filename\b/g, at(here, basename(path)));
      return { contents, loader: 'js' };
    });
  },
});

/** zod's messages in some fifty languages, of which it takes English by its own path. */
const withoutLocales = {
  name: 'without-locales',
  setup(build) {
    build.onLoad({ filter: /\/zod\/v4\/locales\/index\.cjs$/ }, () => ({ contents: '' }));
  },
};

/** The paths of all modules that are in a bundle now. */
async function bundlePrograms() {
  const { build } = require('esbuild');
  const bundles = await Promise.all(
    PROGRAMS.map((name) => {
      const program = join(dist, name);
      return build({
        absWorkingDir: checkout,
        entryPoints: [program],
        outfile: program,
        allowOverwrite: true,
        bundle: true,
        metafile: true,
        platform: 'node',
        target: 'node20',
        external: lazyPackages(),
        plugins: [keepFolders(program), withoutLocales],
        // The version of rxjs beside the package is read from its place; that one is not loaded.
        logOverride: { 'require-resolve-not-external': 'silent' },
        logLevel: 'warning',
        minifyWhitespace: true,
        minifySyntax: true,
        legalComments: 'none',
      });
    }),
  );
  chmodSync(join(dist, 'src/cli/main.js'), 0o755);
  return bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
}

module.exports = { bundlePrograms };
