import { parseStrategySpec } from '../../../src/strategies/strategySpec';

it.each([
  ['busy', 'busy', false, ''],
  ['busy:us=5', 'busy', false, 'us=5'],
  ['busy:us=5,symbols=A:B,C', 'busy', false, 'us=5,symbols=A:B,C'],
  ['./mine.ts', './mine.ts', true, ''],
  ['mine.cjs:a=1', 'mine.cjs', true, 'a=1'],
  ['lib/mine', 'lib/mine', true, ''],
  ['C:\\quant\\mine.ts', 'C:\\quant\\mine.ts', true, ''],
  ['C:\\quant\\mine.ts:length=20', 'C:\\quant\\mine.ts', true, 'length=20'],
  ['./my strategies/mine.js:a=b=c', './my strategies/mine.js', true, 'a=b=c'],
])('%s', (text, source, isPath, parameters) => {
  expect(parseStrategySpec(text)).toEqual({ text, source, isPath, parameters });
});
