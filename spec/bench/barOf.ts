import type { Bar } from '../../streams';

export const barOf = (symbol: string, start: number): Bar => ({
  symbol,
  interval: '1s',
  start,
  end: start + 1,
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume: 1,
  count: 1,
  complete: true,
});
