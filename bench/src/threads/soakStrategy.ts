import type { Strategy } from '../../../streams';

/** Looks back as far as it is told, and says something about every bar of one interval: so many signals are known beforehand. */
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
