import { replay } from '../../../src';
import type { RowBatch, RowSource } from '../../../src';
import type { Row } from '../frame/table';
import { random } from '../work/ticks';

export interface Load {
  readonly symbols: number;
  readonly intervals: number;
  /** Of the table's size. */
  readonly share: number;
}

const START = Date.UTC(2024, 0, 2) * 1_000;
const SECOND = 1e6;
const ROWS = 8_192;
/** Ticks of a symbol in one second, on average: so a tick costs the same share of a bar everywhere. */
const TICKS_A_BAR = 10;
/** The first three make 4 intervals with the base, all of them 16. */
const DERIVED = '2s 3s 5s 4s 6s 8s 10s 12s 15s 20s 24s 30s 40s 45s 60s'.split(' ');

/** Ticks that are made as they are read: what stays in memory is the replay's. */
function made(ticks: number, symbols: number): RowSource {
  const names = Array.from({ length: symbols }, (_, i) => `S${String(i).padStart(4, '0')}`);
  const step = SECOND / (symbols * TICKS_A_BAR);
  let rows = 0;

  function* batches(): Generator<RowBatch> {
    const chance = random(7);
    const prices = new Float64Array(symbols).fill(10_000);
    for (; rows < ticks;) {
      const length = Math.min(ROWS, ticks - rows);
      const symbol = new Uint32Array(length);
      const time = new Float64Array(length);
      const price = new Float64Array(length);
      const volume = new Float64Array(length).fill(1);
      for (let i = 0; i < length; i += 1) {
        const s = Math.floor(chance() * symbols);
        const next = Math.max(100, (prices[s] as number) + Math.floor(chance() * 11) - 5);
        prices[s] = next;
        symbol[i] = s;
        time[i] = START + Math.floor((rows + i) * step);
        price[i] = next / 100;
      }
      rows += length;
      const batch = { length, symbols: names, symbol, time, volume };
      yield { ...batch, open: price, high: price, low: price, close: price };
    }
  }

  return {
    name: 'made',
    interval: 0,
    batches,
    counts: () => ({ rows, outOfOrder: 0, badRows: 0 }),
    progress: () => rows / ticks,
  };
}

export const nameOf = ({ symbols, intervals, share }: Load): string =>
  `${symbols}s-${intervals}i-${share}`;

/** A data-driven replay with everything on. */
export const scaled = (load: Load): Row => ({
  name: nameOf(load),
  title: `${load.symbols} symbols, ${load.intervals} intervals, ${100 * load.share} % of the rows`,
  compared: false,
  prepare: ({ size, warming = false }) => {
    const ticks = warming ? size : Math.ceil(size * load.share);
    const derive = DERIVED.slice(0, load.intervals - 1);
    return async () => {
      const run = replay(made(ticks, load.symbols), {
        bars: '1s',
        derive,
        mode: 'data',
        strategies: [{ name: 'none', onBar: () => undefined }],
      });
      await run.start().done;
      return { items: ticks };
    };
  },
});

/** The floor: the rows are only made. */
export const sourceAlone: Row = {
  name: 'source',
  title: 'the rows only made (floor), 8 symbols, 100 % of the rows',
  compared: false,
  prepare:
    ({ size }) =>
    () => {
      let rows = 0;
      for (const { length } of made(size, 8).batches() as Iterable<RowBatch>) rows += length;
      return { items: rows };
    },
};
