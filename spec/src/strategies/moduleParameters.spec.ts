import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadStrategies } from '../../../src/strategies';
import { barometer } from '../cli/barometer';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'barometer parameters '));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const ZOD = JSON.stringify(require.resolve('zod'));
/** A module whose strategy is named after its parameters. */
const strategy = (name: string, parameters: string): string => {
  const path = join(root, name);
  writeFileSync(
    path,
    `const { z } = require(${ZOD});
module.exports = (given) => ({ name: JSON.stringify(given), onBar() {} });
${parameters}`,
  );
  return path;
};
const listed = () => strategy('listed.cjs', `module.exports.parameters = ['fast', 'slow'];`);
const typed = () =>
  strategy(
    'typed.cjs',
    `module.exports.parameters = z.object({
      length: z.int().min(1).default(20).describe('bars to look back on'),
      side: z.enum(['long', 'short']).optional(),
    });`,
  );

/** The parameters with which a strategy is made. */
const made = (text: string): unknown => {
  const [create] = loadStrategies([text], ['1m']);
  return JSON.parse(create?.().name ?? '');
};

describe('a module that lists its parameters', () => {
  it('is given those', () => {
    expect(made(`${listed()}:fast=5,slow=true`)).toEqual({ fast: 5, slow: true });
  });

  it('refuses every other one', () => {
    expect(() => made(`${listed()}:fsat=5`)).toThrow(
      /listed\.cjs: there is no parameter "fsat"\. There are fast, slow\.$/,
    );
  });
});

describe('a module with a schema of its parameters', () => {
  it('is given what the schema makes of them, its defaults too', () => {
    expect(made(typed())).toEqual({ length: 20 });
    expect(made(`${typed()}:side=long,length=7`)).toEqual({ side: 'long', length: 7 });
  });

  it.each([
    ['lenght=5', 'there is no parameter "lenght". There are length, side.'],
    ['length=5..20', 'parameter length is 5..20: '],
    ['length=0', 'parameter length is 0: '],
    ['side=both', 'parameter side is both: '],
  ])('refuses %s', (written, found) => {
    expect(() => made(`${typed()}:${written}`)).toThrow(found);
  });

  it('says what is missing', () => {
    const path = strategy('must.cjs', `module.exports.parameters = z.object({ n: z.number() });`);
    expect(() => made(path)).toThrow(/must\.cjs: parameter n: /);
  });
});

test('a module that declares nothing is given everything', () => {
  expect(made(`${strategy('free.cjs', '')}:fsat=5`)).toEqual({ fsat: 5 });
});

test('a named export of TypeScript declares them too', () => {
  const path = join(root, 'named.ts');
  writeFileSync(
    path,
    `export const parameters: readonly string[] = ['length'];
export default class { readonly name = 'named'; onBar(): void {} }`,
  );
  expect(() => loadStrategies([`${path}:width=1`], ['1m'])).toThrow('There are length.');
});

test('a declaration that is neither is an error', () => {
  const path = strategy('odd.cjs', `module.exports.parameters = { length: 20 };`);
  expect(() => made(path)).toThrow('`parameters` is neither a zod schema nor a list of names');
});

describe('help', () => {
  it('of a strategy says its parameters, types, limits and defaults', async () => {
    const { code, stdout } = await barometer(['strategies', typed()]);
    expect([code, stdout]).toEqual([
      0,
      [
        typed(),
        '  length  integer, at least 1, bars to look back on (default: 20)',
        '  side    long | short',
        '',
      ].join('\n'),
    ]);
  });

  it('of replay with a strategy has them', async () => {
    const { code, stdout } = await barometer(['replay', '--strategy', typed(), '--help']);
    expect(stdout).toContain('  length  integer, at least 1');
    expect(code).toBe(0);
  });

  it('is printed although a strategy cannot be loaded', async () => {
    const { code, stdout } = await barometer(['check', '--help', '--strategy', './none.ts']);
    expect(stdout).toContain('strategy ./none.ts: there is no such file');
    expect(code).toBe(0);
  });

  it('without a strategy lists the built-in ones', async () => {
    const { stdout } = await barometer(['strategies', '--json']);
    expect(JSON.parse(stdout)).toContainEqual({
      strategy: 'sma-cross',
      summary: 'two moving averages that cross',
      parameters: ['fast', 'slow', 'symbols', 'intervals'],
    });
  });

  it('of one that declares nothing says so', async () => {
    const { stdout } = await barometer(['strategies', strategy('free.cjs', '')]);
    expect(stdout).toContain('It does not say which parameters it takes');
  });
});
