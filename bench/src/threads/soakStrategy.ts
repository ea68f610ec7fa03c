import type { Strategy } from '../../../streams';

/** Reads a given length of history and gives one signal for each bar of one interval, so the number of signals is known in advance. */
export default ({
  name,
  back,
  says,
}: {
  readonly name: string;
  readonly back: number;
  readonly says: string;
}): Strategy => ({
  name,
  onBar(bar, { history }) {
    const { close } = history();
    let sum = 0;
    for (let row = Math.max(0, close.length - back); row < close.length; row += 1) {
      sum += close[row] as number;
    }
    if (bar.interval !== says) return undefined;
    const mean = sum / Math.min(back, close.length);
    return { side: bar.close > mean ? 'buy' : 'sell', strength: Math.abs(bar.close - mean) };
  },
});
