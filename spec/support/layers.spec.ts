import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const checkout = resolve(__dirname, '../..');
const cruiser = join(checkout, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Files by path, and what they import. */
type Tree = Readonly<Record<string, readonly string[]>>;

const allowed: Tree = {
  'operators/gate.ts': ['rxjs', 'rxjs/testing', './events'],
  'operators/events.ts': [],
  'streams/stage.ts': ['rxjs', 'node:path', '../operators/gate', './sources/csv'],
  'streams/sources/csv.ts': ['@duckdb/node-api', 'yauzl'],
  'src/index.ts': ['../streams/stage', '../operators/gate', './report'],
  'src/report.ts': ['commander', 'node:fs'],
};

const planted: Tree = {
  ...allowed,
  'operators/upwards.ts': ['../streams/stage'],
  'operators/packages.ts': ['commander', 'node:fs'],
  'operators/internal/part.ts': [],
  'streams/upwards.ts': ['../src/report'],
  'streams/intruder.ts': ['../operators/internal/part'],
  'streams/files.ts': ['@duckdb/node-api', 'yauzl'],
  'src/fold.ts': ['./store'],
  'src/store.ts': ['./fold'],
  'src/inside.ts': ['./index'],
  'src/tool.ts': ['prettier'],
  'src/sample.ts': ['../spec/sample'],
  'src/lost.ts': ['./nowhere'],
  'spec/sample.ts': [],
};

/** Writes the tree to a folder of its own and returns what the check says of it. */
function violationsIn(tree: Tree): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-layers-'));
  try {
    symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'), 'dir');
    const manifest = {
      dependencies: { '@duckdb/node-api': '*', commander: '*', yauzl: '*' },
      peerDependencies: { rxjs: '*' },
      devDependencies: { prettier: '*', rxjs: '*' },
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    for (const [path, imports] of Object.entries(tree)) {
      const lines = [...imports.map((name) => `import '${name}';`), 'export {};', ''];
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), lines.join('\n'));
    }
    const rules = join(checkout, 'spec/support/layers.cjs');
    const report = execFileSync(
      process.execPath,
      [cruiser, '--config', rules, '--output-type', 'json', 'operators', 'streams', 'src'],
      { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    const { summary } = JSON.parse(report) as {
      summary: { violations: { rule: { name: string }; from: string; to: string }[] };
    };
    return summary.violations.map(({ rule, from, to }) => {
      const target = to.replace(/^.*node_modules\/((@[^/]+\/)?[^/]+).*$/, '$1');
      return `${rule.name}: ${from} → ${target}`;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the check of the layers', () => {
  test('is silent where imports run src → streams → operators → rxjs', () => {
    expect(violationsIn(allowed)).toEqual([]);
  });

  describe('reports a planted violation:', () => {
    let found: string[];
    beforeAll(() => {
      found = violationsIn(planted);
    });

    test.each([
      [
        'operators import streams',
        'operators-need-rxjs-alone: operators/upwards.ts → streams/stage.ts',
      ],
      [
        'operators import a package',
        'operators-need-rxjs-alone: operators/packages.ts → commander',
      ],
      ["operators import Node's modules", 'operators-need-rxjs-alone: operators/packages.ts → fs'],
      [
        'streams import what is internal to operators',
        'internal-is-closed: streams/intruder.ts → operators/internal/part.ts',
      ],
      ['streams import src', 'streams-below-src: streams/upwards.ts → src/report.ts'],
      ['two files import each other', 'no-circles: src/fold.ts → src/store.ts'],
      ['the public index imported inside', 'index-is-for-others: src/inside.ts → src/index.ts'],
      [
        'DuckDB outside the sources',
        'files-are-read-by-sources: streams/files.ts → @duckdb/node-api',
      ],
      ['zip outside the sources', 'files-are-read-by-sources: streams/files.ts → yauzl'],
      ['a development tool in what is published', 'declared-dependencies: src/tool.ts → prettier'],
      ['a spec in what is published', 'sources-stand-alone: src/sample.ts → spec/sample.ts'],
      ['an import that leads nowhere', 'resolvable: src/lost.ts → ./nowhere'],
    ])('%s', (_what, violation) => {
      expect(found).toContain(violation);
    });
  });
});
