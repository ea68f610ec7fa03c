import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILT_INS, loadStrategies } from '../../../src/strategies';
import type { Bar, StrategyContext } from '../../../streams';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'barometer strategies '));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const moduleFile = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const names = (...texts: readonly string[]): string[] =>
  loadStrategies(texts, ['1m', '5m']).map((create) => create().name);
const bar = { symbol: 'A', interval: '1m', close: 3 } as Bar;
const nothing = {} as StrategyContext;

describe('a built-in strategy', () => {
  it.each(BUILT_INS)('$name', ({ name }) => {
    expect(names(name)).toEqual([name]);
  });

  it('takes parameters', () => {
    const [create] = loadStrategies(['busy:us=0,symbols=A,B,intervals=5m'], ['1m', '5m']);
    expect(create?.()).toMatchObject({ symbols: ['A', 'B'], intervals: ['5m'] });
  });

  it.each([
    [
      'nothing',
      /strategy nothing: there is none of that name; there are sma-cross, rsi-reversion, breakout, busy/,
    ],
    [
      'busy:ms=1',
      /strategy busy:ms=1: there is no parameter "ms". There are us, symbols, intervals\./,
    ],
    ['busy:us', /strategy busy:us: "us" is not written as key=value. Write it like busy:key=value/],
    ['busy:us=', /"us" has no value/],
    ['busy:us=1,us=2', /"us" is said twice/],
    ['busy:us=-1', /us is -1, but must be a number of microseconds/],
    ['busy:intervals=7m', /intervals is 7m, but must be an interval of this run: 1m, 5m/],
    ['sma-cross:fast=1.5', /fast is 1.5, but must be a whole number of at least 1/],
    ['sma-cross:fast=40', /fast is 40, but must be less than slow, 30/],
    ['rsi-reversion:low=101', /low is 101, but must be a number from 0 to 100/],
    ['breakout:fast=7m', /fast is 7m, but must be an interval of this run: 1m, 5m/],
    ['breakout:bars=0', /bars is 0, but must be a whole number of at least 1/],
  ])('%s', (text, message) => {
    expect(() => names(text)).toThrow(message);
  });
});

describe('names', () => {
  it('are told apart by their parameters, then by a number', () => {
    const own = ['busy:us=1', 'sma-cross', 'busy:us=2', 'busy:us=2', 'busy'];
    expect(names(...own)).toEqual(['busy:us=1', 'sma-cross', 'busy:us=2', 'busy:us=2 (2)', 'busy']);
  });

  it('change nothing of what a strategy does', () => {
    const path = moduleFile(
      'twice.js',
      `module.exports = class {
      #said = 0;
      name = 'twice';
      symbols = ['A'];
      isWarm() { return this.#said > 0; }
      onBar() { this.#said += 1; return { side: 'buy', strength: this.#said }; }
    };`,
    );
    const [first, second] = loadStrategies([path, path], ['1m']).map((create) => create());
    expect([first?.name, second?.name]).toEqual(['twice', 'twice (2)']);
    expect(second).toMatchObject({ symbols: ['A'] });
    expect(second?.isWarm?.('A', '1m')).toBe(false);
    expect(second?.onBar(bar, nothing)).toEqual({ side: 'buy', strength: 1 });
    expect(second?.isWarm?.('A', '1m')).toBe(true);
    expect(first?.isWarm?.('A', '1m')).toBe(false);
  });
});

describe('a module', () => {
  const onBar = 'onBar: () => ({ side: "buy", note: JSON.stringify(p) })';
  it.each([
    ['factory.js', `module.exports = (p) => ({ name: 'mine', ${onBar} });`],
    ['default.js', `exports.default = (p) => ({ name: 'mine', ${onBar} });`],
    ['factory.cjs', `module.exports = function (p) { return { name: 'mine', ${onBar} }; };`],
    [
      'class.js',
      `module.exports = class { constructor(p) { this.p = p; this.name = 'mine'; } onBar() { const p = this.p; return { side: 'buy', note: JSON.stringify(p) }; } };`,
    ],
    ['typed.ts', `export default (p: object): { name: string } => ({ name: 'mine', ${onBar} });`],
  ])('%s is given its parameters, numbers as numbers', (name, text) => {
    const [create] = loadStrategies([`${moduleFile(name, text)}:a=1.5,b=x:y,c=true`], ['1m']);
    const strategy = create?.();
    expect(strategy?.name).toBe('mine');
    expect(strategy?.onBar(bar, nothing)).toEqual({
      side: 'buy',
      note: '{"a":1.5,"b":"x:y","c":true}',
    });
  });

  it('may be a strategy as it is, and is named after its file where it has no name', () => {
    expect(names(moduleFile('plain.js', 'module.exports = { onBar() {} };'))).toEqual(['plain']);
  });

  it('makes a strategy anew for each run, the first one being the one that was looked at', () => {
    const path = moduleFile(
      'counts.js',
      `
      let made = 0;
      module.exports = () => ({ name: 'counts', made: ++made, onBar() {} });
    `,
    );
    const [create] = loadStrategies([path], ['1m']);
    expect([create?.(), create?.()]).toMatchObject([{ made: 1 }, { made: 2 }]);
  });

  const faults: readonly (readonly [string, string, RegExp])[] = [
    [
      'throws.js',
      '\nmodule.exports = () => { throw new Error("length is needed"); };',
      /throws\.js:2: length is needed$/,
    ],
    ['undefined.js', '\n\nnowhere();', /undefined\.js:3: ReferenceError: nowhere is not defined$/],
    [
      'number.js',
      'module.exports = 5;',
      /number\.js: exports no strategy\. Let its default export/,
    ],
    ['empty.js', '', /empty\.js: what it exports has no onBar/],
    [
      'later.js',
      'module.exports = async () => ({ name: "x", onBar() {} });',
      /later\.js: gives a promise/,
    ],
  ];
  it.each(faults)('%s', (name, text, message) => {
    const path = moduleFile(name, text);
    expect(() => names(path)).toThrow(message);
    expect(() => names(path)).toThrow(/^[^\n]*$/);
  });

  it('is not there, or is no file', () => {
    expect(() => names(join(folder, 'gone.ts'))).toThrow(/gone\.ts: there is no such file/);
    expect(() => names(`${folder}/`)).toThrow(/is no file/);
    expect(() => names(`${join(folder, 'gone.ts')}:oops`)).toThrow(
      /"oops" is not written as key=value/,
    );
  });
});

describe('a module', () => {
  it.each([
    ['symbols: 5', /symbols\.js: its symbols is 5, but must be a list of texts/],
    ["symbols: 'A'", /its symbols is "A", but must be a list of texts/],
    ["symbols: ['A', 5]", /its symbols is \[ 'A', 5 \], but must be/],
    ['intervals: {}', /its intervals is \{\}, but must be a list of texts/],
    ['isWarm: true', /its isWarm is true, but must be a function/],
  ])('with %s is refused when it is loaded', (part, message) => {
    const file = moduleFile('symbols.js', `module.exports = { name: 'x', ${part}, onBar() {} };`);
    delete require.cache[file];
    jest.resetModules();
    expect(() => names(file)).toThrow(message);
  });

  it.each([
    ['throw 1;', /throws\.js: 1$/],
    [
      "module.exports = class { onBar() {} get name() { throw 'getter'; } };",
      /throws\.js: getter$/,
    ],
    ['module.exports = () => { throw Object.create(null); };', /throws\.js: \[Object: null/],
    ["module.exports = { get default() { throw new Error('x'); } };", /throws\.js:1: x$/],
    ['throw Object.assign(new Error(), { message: 5 });', /throws\.js: 5$/],
  ])('that throws is named with its file, whatever it throws: %s', (code, message) => {
    const file = moduleFile('throws.js', code);
    jest.resetModules();
    expect(() => names(file)).toThrow(message);
  });

  it('that cannot be given a name has that of its file all the same', () => {
    const file = moduleFile('frozen.js', 'module.exports = Object.freeze({ onBar() {} });');
    expect(names(file)).toEqual(['frozen']);
  });
});
