import type { Bar } from '../../../streams';
import type { Item } from '../../../streams/bars/item';

const BAR: Bar = {
  symbol: 'A',
  interval: 'tick',
  start: 0,
  end: 0,
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume: 1,
  count: 1,
  complete: true,
};

/** The bar of a tick that is due and offered then, in milliseconds. */
export const itemAt = (offered: number): Item => ({
  bar: BAR,
  watermark: undefined,
  symbol: 0,
  interval: 0,
  base: 1,
  derived: 0,
  market: 0,
  cause: 0,
  due: offered,
  offered,
});
