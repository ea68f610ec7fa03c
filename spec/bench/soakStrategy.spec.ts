import soakStrategy from '../../bench/src/threads/soakStrategy';
import { replay } from '../../src/replay';
import type { Signal } from '../../streams';
import { ticksOf } from '../streams/given';

/** What it says of these closes, a second apart. */
async function said(back: number, says: string, closes: readonly number[]): Promise<Signal[]> {
  const run = replay(
    [ticksOf(...closes.map((close, second) => `A ${second} ${close}`), 'A 99 1')],
    {
      bars: '1s',
      derive: ['2s'],
      time: 'simulated',
      strategies: [soakStrategy({ name: 'soak', back, says })],
    },
  );
  const signals: Signal[] = [];
  run.signals$.subscribe((signal) => signals.push(signal));
  await run.start().done;
  return signals;
}

describe('the strategy of the soak', () => {
  it('says of every bar whether it closed above the mean of the last ones', async () => {
    const signals = await said(2, '1s', [1, 2, 3, 2, 1]);
    expect(signals.map(({ side, strength }) => [side, strength])).toEqual([
      ['sell', 0],
      ['buy', 0.5],
      ['buy', 0.5],
      ['sell', 0.5],
      ['sell', 0.5],
    ]);
  });

  it('looks back as far as it is told, or as far as there is something', async () => {
    const signals = await said(10, '1s', [2, 4, 9]);
    expect(signals.map(({ strength }) => strength)).toEqual([0, 1, 4]);
  });

  it('says nothing of other intervals', async () => {
    const signals = await said(2, '2s', [1, 2, 3, 2]);
    expect(signals.map(({ interval, strategy }) => [strategy, interval])).toEqual([
      ['soak', '2s'],
      ['soak', '2s'],
    ]);
  });
});
