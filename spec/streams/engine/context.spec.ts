import type { Strategy } from '../../../streams';
import { ticksOf } from '../given';
import { simulated } from '../world';
import { totalsIn } from '../workOf';

const texts = ['A 0 1', 'B 0 5', 'A 1 2', 'B 1 6', 'A 2 3'];
const heardBy = async (onBar: Strategy['onBar']): Promise<readonly string[]> => {
  const strategy: Strategy = { name: 'reads', symbols: ['A'], onBar };
  const options = { bars: '1s', derive: ['2s'], strategies: [strategy] };
  const { events } = await simulated([ticksOf(...texts)], options);
  return totalsIn(events).flatMap(({ items, errors, error = 'fine' }) =>
    Array<string>(errors > 0 ? errors : items).fill(error),
  );
};

describe('the context of a strategy', () => {
  test('can be taken apart', async () => {
    const read: unknown[] = [];
    const heard = await heardBy(({ interval }, { history, symbols, intervals, time }) => {
      read.push([time / 1e6, symbols, intervals, [...history().close], history('B').last('close')]);
      expect(history('B', '2s').interval).toBe('2s');
      expect(history().interval).toBe(interval);
    });
    const names = [
      ['A', 'B'],
      ['1s', '2s'],
    ];
    expect(heard).toEqual(['fine', 'fine', 'fine']);
    expect(read).toEqual([
      [1, ['A'], ['1s', '2s'], [1], undefined],
      [2, ...names, [1, 2], 5],
      [2, ...names, [2], undefined],
    ]);
  });

  test('an interval that the run has not got is an error of the strategy, which names those it has', async () => {
    const wanted = "interval is '5m', but must be one of 1s, 2s";
    const heard = await heardBy((_bar, context) => {
      context.history('A', '5m');
    });
    expect(heard).toEqual([wanted, wanted, wanted]);
  });
});
