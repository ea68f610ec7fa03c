import fc from 'fast-check';
import { repetitions } from '../../../support/properties';
import type { Tick } from '../../../../streams/bars/bar';
import type { RowBatch, RowSource } from '../../../../streams/bars/rows';
import { fromBars, fromColumns, mergeRows, fromTicks } from '../../../../streams/sources';
import { readRows, rowsOf } from '../readAll';

const tick = (symbol: string, time: number, price = time): Tick => ({
  symbol,
  time,
  price,
  size: 1,
});

/** A source that says what is done to it. */
function watched(times: readonly (readonly number[])[], name: string, log: string[]): RowSource {
  function* batches(): Generator<RowBatch> {
    try {
      for (const [at, batch] of times.entries()) {
        log.push(`${name} reads ${at}`);
        yield* fromTicks(batch.map((time) => tick(name, time))).batches() as Iterable<RowBatch>;
      }
    } finally {
      log.push(`${name} closed`);
    }
  }
  return {
    name,
    interval: 0,
    batches,
    counts: () => ({ rows: 0, outOfOrder: 0, badRows: 0 }),
    progress: () => 0,
  };
}

const sync = (sources: readonly RowSource[]): Iterable<RowBatch> => {
  const merged = mergeRows(sources);
  if (Symbol.asyncIterator in merged) throw new Error('not synchronous');
  return merged;
};

test('rows of several sources come in order of time, equal times in order of the sources', () => {
  const a = fromTicks([tick('A', 1), tick('A', 3), tick('A', 3), tick('A', 5)]);
  const b = fromTicks([tick('B', 2), tick('B', 3), tick('B', 4)]);
  const merged = [...sync([a, b])].flatMap(rowsOf);
  expect(merged.map(({ symbol, time }) => `${symbol}${time}`)).toEqual([
    'A1',
    'B2',
    'A3',
    'A3',
    'B3',
    'B4',
    'A5',
  ]);
});

test('symbols have one index each, in order of first appearance', () => {
  const a = fromTicks([tick('X', 2), tick('Y', 4)]);
  const b = fromTicks([tick('Y', 1), tick('Z', 3)]);
  const found: string[] = [];
  let names: readonly string[] = [];
  for (const batch of sync([a, b])) {
    names = batch.symbols;
    found.push(...rowsOf(batch).map(({ symbol }) => symbol));
  }
  expect(names).toEqual(['Y', 'X', 'Z']);
  expect(found).toEqual(['Y', 'X', 'Z', 'Y']);
});

test('in order of appearance also where a source lists them otherwise', () => {
  const source = fromColumns({
    time: Float64Array.of(1, 2),
    close: Float64Array.of(10, 20),
    symbols: ['late', 'early'],
    symbol: Uint32Array.of(1, 0),
  });
  const [batch] = sync([source]);
  expect(batch?.symbols).toEqual(['early', 'late']);
  expect(batch && rowsOf(batch).map(({ symbol }) => symbol)).toEqual(['early', 'late']);
});

test('the columns of a single source pass as they are', () => {
  const time = Float64Array.of(1, 2, 3);
  const [batch] = sync([fromColumns({ time, close: time, symbols: ['A'] })]);
  expect(batch?.time.buffer).toBe(time.buffer);
  expect(batch?.open).toBe(batch?.close);
});

test('no batch is read before it is needed', () => {
  const log: string[] = [];
  const a = watched([[1, 2], [7]], 'a', log);
  const b = watched([[5], [6]], 'b', log);
  const merged = sync([a, b])[Symbol.iterator]();
  const next = (): string => {
    const result = merged.next();
    const text =
      result.done === true
        ? 'end'
        : rowsOf(result.value)
            .map((row) => row.time)
            .join(' ');
    return `${log.splice(0).join(', ')}: ${text}`;
  };
  expect([next(), next(), next(), next(), next()]).toEqual([
    'a reads 0, b reads 0: 1 2',
    'a reads 1: 5',
    'b reads 1: 6',
    'b closed: 7',
    'a closed: end',
  ]);
});

test('closing it early closes all sources', () => {
  const log: string[] = [];
  for (const batch of sync([watched([[1], [3]], 'a', log), watched([[2], [4]], 'b', log)])) {
    expect(batch.length).toBe(1);
    break;
  }
  expect(log.slice(-2)).toEqual(['a closed', 'b closed']);
});

test('a source that fails closes the others', async () => {
  const log: string[] = [];
  async function* failing(): AsyncGenerator<Tick> {
    yield tick('F', 1);
    throw new Error('line is down');
  }
  const merged = mergeRows([watched([[5]], 'a', log), fromTicks(failing())]);
  await expect(readRows(merged)).rejects.toThrow('line is down');
  expect(log.at(-1)).toBe('a closed');
});

test('closing it while a source is waited for closes that source at once', async () => {
  let closed = false;
  const silent: AsyncIterable<Tick> = {
    [Symbol.asyncIterator]: () => {
      let end: (result: IteratorResult<Tick>) => void = () => undefined;
      return {
        next: () =>
          new Promise((resolve) => {
            end = resolve;
          }),
        return: async () => {
          closed = true;
          end({ done: true, value: undefined });
          return { done: true, value: undefined };
        },
      };
    },
  };
  const merged = mergeRows([fromTicks(silent)]) as AsyncIterable<RowBatch>;
  const iterator = merged[Symbol.asyncIterator]();
  const pending = iterator.next();
  await iterator.return?.();
  expect(closed).toBe(true);
  expect((await pending).done).toBe(true);
});

test('ticks are not mixed with bars, nor bars of different lengths', () => {
  const minutes = fromBars([], { interval: 60e6, name: 'minutes' });
  const fives = fromBars([], { interval: 300e6, name: 'fives' });
  expect(() => mergeRows([fromTicks([], 'trades'), minutes])).toThrow(
    'minutes: has bars of 1m, and trades has ticks',
  );
  expect(() => mergeRows([minutes, fives])).toThrow(
    'fives: has bars of 5m, and minutes has bars of 1m',
  );
});

test('no sources make no rows', () => {
  expect([...sync([])]).toEqual([]);
});

test('rows split at random into sources and batches come out as their sorted union', async () => {
  const row = fc.record({
    time: fc.nat(30),
    source: fc.nat(3),
    symbol: fc.constantFrom('A', 'B', 'C'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 200 }), fc.boolean(), async (rows, together) => {
      const parts = [0, 1, 2, 3].map((source) => {
        const own = rows
          .map((each, at) => ({ ...each, at }))
          .filter((each) => each.source === source);
        return own.sort((a, b) => a.time - b.time || a.at - b.at);
      });
      const sources = parts.map((part) => {
        const given = part.map(({ symbol, time, at }) => tick(symbol, time, at + 1));
        return together ? fromTicks(given) : fromTicks(slowly(given));
      });
      const merged = await readRows(mergeRows(sources));
      const union = parts
        .flat()
        .sort((a, b) => a.time - b.time || a.source - b.source || a.at - b.at);
      expect(merged.map(({ symbol, time, close }) => [symbol, time, close])).toEqual(
        union.map(({ symbol, time, at }) => [symbol, time, at + 1]),
      );
    }),
    repetitions(60),
  );
});

async function* slowly<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const [at, item] of items.entries()) {
    if (at % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    yield item;
  }
}
