const { join } = require('node:path');

/** What the three folders may import: src → streams → operators → rxjs, and no circles. */
const SOURCES = '^(operators|streams|src)/';
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule(
      'operators-need-rxjs-alone',
      'operators/ serve any pipeline: they import rxjs and their own folder, nothing else.',
      { path: '^operators/' },
      { pathNot: ['^operators/', 'node_modules/rxjs/', '^rxjs(/|$)'] },
    ),
    rule(
      'internal-is-closed',
      'operators/internal/ serves operators/ alone; what streams/ and src/ share with it is in operators/kernel/.',
      { path: '^(streams|src)/' },
      { path: '^operators/internal/' },
    ),
    rule(
      'streams-below-src',
      'streams/ import operators/ and their own folder, never what surrounds the flow.',
      { path: '^streams/' },
      { path: '^src/' },
    ),
    rule(
      'sources-stand-alone',
      'What is published imports nothing of what is not.',
      { path: SOURCES },
      { path: '^(spec|bench|examples|dist)/' },
    ),
    rule(
      'no-circles',
      'Two files that need each other are one file, or a third is missing.',
      { path: SOURCES },
      { circular: true },
    ),
    rule(
      'index-is-for-others',
      'src/index.ts and src/entries/ are for users; inside, import the file that has the thing.',
      { path: SOURCES },
      { path: '^src/(index\\.ts$|entries/)' },
    ),
    rule(
      'files-are-read-by-sources',
      'DuckDB, zip, zstd and Arrow are loaded only where a file is read.',
      { path: SOURCES, pathNot: '^streams/sources/' },
      { path: ['@duckdb/node-api', '(^|/)(yauzl|fzstd|apache-arrow)(/|$)'] },
    ),
    rule(
      'page-is-bundled',
      'The page runs in a browser: from the rest it imports types alone.',
      { path: '^src/dashboard/page/' },
      { path: SOURCES, pathNot: '^src/dashboard/page/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'page-is-no-module',
      'The page runs in a browser: nothing imports it.',
      { path: SOURCES, pathNot: '^src/dashboard/page/' },
      { path: '^src/dashboard/page/' },
    ),
    rule(
      'declared-dependencies',
      'What is imported at run time is installed with the package; what the page needs is bundled.',
      { path: SOURCES, pathNot: '^src/dashboard/page/' },
      {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only', 'npm-peer'],
      },
    ),
    rule('resolvable', 'An import leads somewhere.', { path: SOURCES }, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: join(__dirname, '../../tsconfig.build.json') },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default', 'types'],
    },
  },
};
