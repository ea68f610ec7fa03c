import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../../..');

const helper = {
  'helper.ts': `export enum Side { Buy = 'buy' }\nexport const twice = (n: number): number => 2 * n;`,
  'data.json': '{ "n": 3 }',
  'node_modules/modern/package.json': '{ "name": "modern", "type": "module", "exports": "./i.js" }',
  'node_modules/modern/i.js': 'export const x = 5; export default 6;',
  'node_modules/common/package.json': '{ "name": "common", "main": "./i.js" }',
  'node_modules/common/i.js': 'module.exports = () => 7; module.exports.k = 8;',
};

/** Modules by what they show; each exports as its default what it should come to. */
const modules: readonly (readonly [string, string, string, unknown])[] = [
  ['types', 'a.ts', 'const n: number = 1 satisfies number;\nexport default n as number;', 1],
  [
    'a helper without extension',
    'b.ts',
    `import { twice } from './helper';\nexport default twice(2);`,
    4,
  ],
  [
    'a helper by the name it compiles to',
    'c.ts',
    `import { twice } from './helper.js';\nexport default twice(3);`,
    6,
  ],
  [
    'a helper by its own name',
    'd.ts',
    `import { Side } from './helper.ts';\nexport default Side.Buy;`,
    'buy',
  ],
  ['JSON', 'e.ts', `import data from './data.json';\nexport default data.n;`, 3],
  [
    'an ES module that is installed',
    'f.ts',
    `import six, { x } from 'modern';\nexport default [six, x];`,
    [6, 5],
  ],
  [
    'a CommonJS module that is installed',
    'g.ts',
    `import seven, { k } from 'common';\nexport default [seven(), k];`,
    [7, 8],
  ],
  [
    'what Node brings',
    'h.ts',
    `import fs, { existsSync } from 'node:fs';\nexport default fs.existsSync === existsSync;`,
    true,
  ],
  ['the place of the module', 'i.ts', 'export default import.meta.url.slice(-5);', '/i.ts'],
  [
    'parameter properties and private fields',
    'j.ts',
    'class A { #n = 2; constructor(private readonly m: number) {} sum(): number { return this.#n + this.m; } }\nexport default new A(3).sum();',
    5,
  ],
  ['export =', 'k.ts', 'export = { default: 9 };', 9],
  ['.mts', 'l.mts', 'export default 10 as number;', 10],
  ['.cts', 'm.cts', 'exports.default = 11 as number;', 11],
];

describe.each([
  ['commonjs', '{}'],
  ['module', '{ "type": "module" }'],
])('TypeScript beside a package.json of type %s', (type, manifest) => {
  let folder: string;
  let found: readonly unknown[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), `barometer typescript ${type} `));
    const files = { 'package.json': manifest, ...helper };
    const texts = [
      ...Object.entries(files),
      ...modules.map(([, name, text]) => [name, text] as const),
    ];
    for (const [name, text] of texts) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    // In a process of its own: jest has another `require`.
    const program = `
      const { requireTypeScript } = require(${JSON.stringify(join(ROOT, 'src/strategies/requireTypeScript'))});
      // As where ts-node is not installed.
      for (const extension of ['.ts', '.cts', '.mts']) delete require.extensions[extension];
      const found = process.argv.slice(1).map((file) => {
        try { return requireTypeScript(file).default; } catch (error) { return String(error); }
      });
      process.stdout.write(JSON.stringify(found));`;
    const args = ['-r', 'ts-node/register/transpile-only', '-e', program];
    const paths = modules.map(([, name]) => join(folder, name));
    const { stdout, stderr } = spawnSync(process.execPath, [...args, ...paths], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (stdout === '') throw new Error(stderr);
    found = JSON.parse(stdout) as readonly unknown[];
  }, 60_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(modules)('%s', (_, name, _text, expected) => {
    expect(found[modules.findIndex(([, file]) => file === name)]).toEqual(expected);
  });
});
