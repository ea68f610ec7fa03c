import fc from 'fast-check';
import { namesIn, parseChanges, WhatIfError, written } from '../../../src/capacity/change';
import { timingsOf } from './timingsOf';

const timings = timingsOf({
  strategies: ['all', 'slow, but sure'],
  intervals: ['1m', '5m', '1h'],
  series: [
    ['AAA', '1m'],
    ['BBB', '1m'],
    ['AAA', '5m'],
    ['CCC', '1m'],
  ],
  items: [],
});
const strategies = (...names: string[]) => ({ ...timings, strategies: names });

describe('what may be changed', () => {
  it('has every name once, and only intervals that had a bar', () => {
    expect(namesIn(timings)).toEqual({
      stage: ['processor', 'analysis'],
      strategy: ['all', 'slow, but sure'],
      symbol: ['AAA', 'BBB', 'CCC'],
      interval: ['1m', '5m'],
    });
  });
});

describe('a run whose strategies want trades', () => {
  it('may have their calls changed as an interval', () => {
    const wanted = {
      ...timings,
      series: [...timings.series, { symbol: 'AAA', interval: 'trade' }],
    };
    expect(namesIn(wanted).interval).toEqual(['1m', '5m', 'trade']);
    expect(parseChanges('interval:trade*0.5', wanted)).toEqual([
      { kind: 'interval', name: 'trade', factor: 0.5 },
    ]);
  });
});

describe('what if', () => {
  it.each([
    ['analysis*0.5', [['stage', 'analysis', 0.5]]],
    ['stage:processor*2.', [['stage', 'processor', 2]]],
    [
      'all*0, symbol:BBB*.25',
      [
        ['strategy', 'all', 0],
        ['symbol', 'BBB', 0.25],
      ],
    ],
    [
      'slow, but sure*2,interval:5m*0',
      [
        ['strategy', 'slow, but sure', 2],
        ['interval', '5m', 0],
      ],
    ],
    ['strategy:all*1', [['strategy', 'all', 1]]],
    ['  all  *  3  ,', [['strategy', 'all', 3]]],
  ])('%j is understood', (text, changes) => {
    const read = parseChanges(text, timings).map(({ kind, name, factor }) => [kind, name, factor]);
    expect(read).toEqual(changes);
  });

  it.each([
    ['', /^no change; write NAME\*FACTOR/],
    ['all', /^all: no change/],
    ['all*-1', /^all\*-1: no change/],
    ['all*1e3', /^all\*1e3: no change/],
    ['*2', /^\*2: no change/],
    ['all*1, ,', /^ ,: no change/],
    ['5m*0', /^5m: an interval is written interval:5m$/],
    ['AAA*0', /^AAA: a symbol is written symbol:AAA$/],
    ['symbol:ZZZ*0', /no such symbol; there are AAA, BBB, CCC/],
    ['interval:1h*0', /no such interval; there are 1m, 5m/],
    ['nobody*0', /neither a stage nor a strategy; there are processor, analysis, all/],
  ])('%j is refused', (text, said) => {
    expect(() => parseChanges(text, timings)).toThrow(WhatIfError);
    expect(() => parseChanges(text, timings)).toThrow(said);
  });

  it.each([
    [0, /there is none in this run/],
    [1, /there is s0$/],
    [10, /there are s0, s1, .*, s9$/],
    [12, /there are s0, s1, .*, s9 and 2 more$/],
  ])('of %i names, as many as can be read are listed', (count, said) => {
    const many = strategies(...Array.from({ length: count }, (_, index) => `s${index}`));
    expect(() => parseChanges('strategy:nobody*0', many)).toThrow(said);
  });

  it.each([
    ['symbol:AAA', 'symbol:AAA*0', ['symbol', 'AAA']],
    ['symbol:new', 'symbol:new*0', ['strategy', 'symbol:new']],
    ['a*b', 'a*b*0', ['strategy', 'a*b']],
    ['processor', 'processor*0', ['stage', 'processor']],
    ['processor', 'strategy:processor*0', ['strategy', 'processor']],
    ['5m', '5m*0', ['strategy', '5m']],
  ])('a strategy called %j: %j', (name, text, expected) => {
    const read = parseChanges(text, strategies(name));
    expect(read.map((change) => [change.kind, change.name])).toEqual([expected]);
  });

  it('is read again as what was written, whatever strategies are called', () => {
    const names = fc
      .string({ unit: fc.constantFrom('a', 'b', ' ', ',', '*', ':', '-'), minLength: 1 })
      .filter((name) => name === name.trim());
    const factors = fc.integer({ min: 0, max: 4_000 }).map((n) => n / 1_000);
    const changed = fc.array(fc.record({ name: names, factor: factors }), { minLength: 1 });
    fc.assert(
      fc.property(changed, (some) => {
        const changes = some.map((each) => ({ kind: 'strategy' as const, ...each }));
        const text = changes.map(written).join(',');
        expect(parseChanges(text, strategies(...some.map(({ name }) => name)))).toEqual(changes);
      }),
    );
  });

  it.each([
    ['analysis', 'strategy:analysis*0'],
    ['symbol:AAA', 'strategy:symbol:AAA*0'],
    ['analysis-2', 'analysis-2*0'],
    ['my:own', 'my:own*0'],
  ])('of a strategy called %s is written so that it is no other', (name, text) => {
    const change = { kind: 'strategy', name, factor: 0 } as const;
    expect(written(change)).toBe(text);
    expect(parseChanges(text, strategies(name))).toEqual([change]);
  });

  it.each([
    ['stage', 'analysis', 0.5, 'analysis*0.5'],
    ['strategy', 'all', 0, 'all*0'],
    ['symbol', 'AAA', 1.25, 'symbol:AAA*1.25'],
    ['interval', '5m', 2, 'interval:5m*2'],
  ] as const)('of %s %s is written as it is read', (kind, name, factor, text) => {
    expect(written({ kind, name, factor })).toBe(text);
    expect(parseChanges(text, timings)).toEqual([{ kind, name, factor }]);
  });
});
