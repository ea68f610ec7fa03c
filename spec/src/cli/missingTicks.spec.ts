import { barometer, folder } from './barometer';

const { file } = folder();
let modules = 0;

const TRADES = [
  'time,symbol,price,size',
  '2024-01-02T00:00:00Z,A,1,1',
  '2024-01-02T00:02:00Z,A,2,1',
];
const QUOTES = ['time,symbol,bid,ask', '2024-01-02T00:00:00Z,A,1,2', '2024-01-02T00:02:00Z,A,2,3'];
const BARS = [
  'time,symbol,open,high,low,close,volume',
  ...Array.from({ length: 9 }, (_, i) => `2024-01-02T00:0${i}:00Z,A,1,1,1,1,1`),
];
const ON_QUOTE = 'the files have no quotes: onQuote is never called, and context.quote finds none';
const KEPT = 'the files have no quotes: context.quote finds none';
const ON_TRADE = 'the files have no trades: onTrade is never called';

/** What a replay of files remarks when its strategy is written so. */
async function remarks(strategy: string, ...files: readonly (readonly string[])[]) {
  modules += 1;
  const module = file(
    `mine${modules}.cjs`,
    `module.exports = { name: 'mine', onBar() {}, ${strategy} };`,
  );
  const names = files.map((lines, i) => file(`${i}.csv`, [...lines, ''].join('\n')));
  const { code, stderr } = await barometer([
    ...['replay', ...names, '--journal', 'none', '--strategy', module],
  ]);
  expect(code).toBe(0);
  return stderr.split('\n').filter((line) => line.includes('the files have no'));
}

describe('a strategy that wants ticks', () => {
  it.each([
    ['quotes of trades', 'onQuote() {}', [TRADES], [ON_QUOTE]],
    ['quotes to look up, of trades', 'needsQuotes: true', [TRADES], [KEPT]],
    ['trades of quotes', 'onTrade() {}', [QUOTES], [ON_TRADE]],
    ['both of bars', 'onTrade() {}, onQuote() {}', [BARS], [ON_TRADE, ON_QUOTE]],
  ])('is warned: %s', async (_what, strategy, files, expected) => {
    expect(await remarks(strategy, ...files)).toEqual(expected.map((text) => `barometer: ${text}`));
  });

  it.each([
    ['trades of trades', 'onTrade() {}', [TRADES]],
    ['quotes of quotes', 'onQuote() {}', [QUOTES]],
    ['both of a file each', 'onTrade() {}, onQuote() {}', [TRADES, QUOTES]],
    ['bars of bars', '', [BARS]],
  ])('is not where the files have it: %s', async (_what, strategy, files) => {
    expect(await remarks(strategy, ...files)).toEqual([]);
  });
});
