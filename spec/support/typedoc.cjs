/** `npm run docs`: a site of the guides and of every entry's API, in site/. A broken link fails the build. */
const { join } = require('node:path');
const { entries } = require('./entries.cjs');

const checkout = join(__dirname, '../..');

module.exports = {
  name: 'Barometer',
  entryPoints: entries.map(({ source }) => join(checkout, source)),
  tsconfig: join(checkout, 'tsconfig.build.json'),
  out: join(checkout, 'site'),
  readme: join(checkout, 'README.md'),
  projectDocuments: [
    join(checkout, 'docs/*.md'),
    join(checkout, 'CONTRIBUTING.md'),
    join(checkout, 'CHANGELOG.md'),
    join(checkout, 'SECURITY.md'),
  ],
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  skipErrorChecking: true,
  disableSources: true,
  includeHierarchySummary: false,
  validation: { invalidLink: true, invalidPath: true, rewrittenLink: true, notExported: false },
  treatWarningsAsErrors: true,
};
