import type { Micros } from '../bars/bar';
import type { RowBatch, RowSource } from '../bars/rows';
import { mergeRows, openFiles } from '../sources';
import { HistoryFrames } from './historyFrames';
import type { LiveBatch } from './liveBatch';
import type { LiveRows } from './liveRows';
import type { FrameReading } from './liveSource';
import { recordedFormat } from './recording/recordedFormat';
import { RowsBehind } from './rowsBehind';

export interface HandOverOptions {
  /** Files; recorded frames go over by id, others by time. */
  readonly history: readonly string[];
  /** How recorded frames are read. */
  readonly reading: FrameReading;
  /** Names of the feeds, by origin. */
  readonly names: readonly string[];
  /** Called before the first rows of the feed. */
  readonly onLive: () => void;
}

/**
 * A history and the feed that goes on from it. The feed is opened first, and its rows wait; then the history
 * is read; then rows of the feed follow whose ids come after the history's. Never by time where there
 * are ids: most trades share their time with another one.
 */
export function handOver(
  live: LiveRows | RowSource,
  { history, reading, names, onLive }: HandOverOptions,
): RowSource {
  const behind = new RowsBehind((origin) => names[origin] ?? live.name);
  const facts = live.live;
  if (facts === undefined) throw new TypeError('the source of a hand-over is no feed');
  /** In order of the history's symbols, then of the feed's. */
  const symbols: string[] = [];
  const indexes = new Map<string, number>();
  const lastIds = new Map<string, number>();
  let lastTime: Micros = -Infinity;

  const indexOf = (name: string): number => {
    let index = indexes.get(name);
    if (index === undefined) indexes.set(name, (index = symbols.push(name) - 1));
    return index;
  };

  async function* historyBatches(): AsyncGenerator<RowBatch> {
    const sources = await historySources(history, reading);
    for await (const batch of mergeRows(sources)) {
      const { length, time, symbol } = batch;
      if (length > 0) lastTime = time[length - 1] as Micros;
      yield {
        ...batch,
        symbols,
        symbol: symbol.map((index) => indexOf(batch.symbols[index] as string)),
      };
    }
    for (const source of sources) {
      if (!(source instanceof HistoryFrames)) continue;
      for (const [name, id] of source.lastIds) {
        lastIds.set(name, Math.max(id, lastIds.get(name) ?? -1));
      }
    }
  }

  /** By row of the batch, ids that are missing between the history and the feed. */
  const missing = new Map<number, number>();

  /** Whether a row of the feed comes after the history. */
  const isNew = (batch: LiveBatch, row: number): boolean => {
    const name = batch.symbols[batch.symbol[row] as number] as string;
    const origin = batch.origin[row] as number;
    const id = batch.id[row] as number;
    const last = lastIds.get(name);
    if (last === undefined || Number.isNaN(id)) {
      // Without ids, what has the history's last time may be in both, or in neither.
      const isAfter = indexes.has(name) ? (batch.time[row] as Micros) >= lastTime : true;
      if (!isAfter) behind.count(origin, name, 'duplicate');
      return isAfter;
    }
    if (id <= last) {
      behind.count(origin, name, 'duplicate');
      return false;
    }
    if (id > last + 1) {
      behind.gap(origin, name, last + 1, id - 1);
      missing.set(row, id - last - 1);
    }
    // From here on the ingress judges.
    lastIds.delete(name);
    handedOver.add(name);
    return true;
  };
  const handedOver = new Set<string>();

  const goOn = (batch: LiveBatch): LiveBatch => {
    const rows: number[] = [];
    missing.clear();
    for (let row = 0; row < batch.length; row += 1) {
      const name = batch.symbols[batch.symbol[row] as number] as string;
      if (handedOver.has(name) || isNew(batch, row)) rows.push(row);
    }
    const price = Float64Array.from(rows, (row) => batch.close[row] as number);
    const picked = (column: Float64Array): Float64Array =>
      Float64Array.from(rows, (row) => column[row] as number);
    return {
      ...batch,
      length: rows.length,
      symbols,
      symbol: Uint32Array.from(rows, (row) =>
        indexOf(batch.symbols[batch.symbol[row] as number] as string),
      ),
      time: picked(batch.time),
      open: price,
      high: price,
      low: price,
      close: price,
      volume: picked(batch.volume),
      received: picked(batch.received),
      id: picked(batch.id),
      origin: Uint8Array.from(rows, (row) => batch.origin[row] as number),
      ...(batch.gap === undefined && missing.size === 0
        ? {}
        : {
            gap: Float64Array.from(
              rows,
              (row) => (batch.gap?.[row] ?? 0) + (missing.get(row) ?? 0),
            ),
          }),
    };
  };

  /** Not a generator: that would take `return` only after the row that it waits for. */
  const iterate = (): AsyncIterator<RowBatch> => {
    const past = historyBatches();
    const feed = (live.batches() as AsyncIterable<LiveBatch>)[Symbol.asyncIterator]();
    let isPast = true;
    return {
      next: async () => {
        if ('open' in live) live.open();
        if (isPast) {
          const result = await past.next();
          if (result.done !== true) return result;
          isPast = false;
          onLive();
        }
        const result = await feed.next();
        return result.done === true ? result : { done: false, value: goOn(result.value) };
      },
      return: async () => {
        void past.return(undefined).catch(() => undefined);
        await feed.return?.();
        return { done: true, value: undefined };
      },
    };
  };

  return {
    name: live.name,
    interval: 0,
    batches: () => ({ [Symbol.asyncIterator]: iterate }),
    counts: () => live.counts(),
    progress: () => live.progress(),
    live: {
      ...facts,
      hasEvents: () => facts.hasEvents() || !behind.isEmpty,
      takeEvents: (at, isLast) => [...facts.takeEvents(at, isLast), ...behind.take(at)],
    },
  };
}

/** Recorded frames have ids; of other files the rows do not say theirs. */
async function historySources(
  paths: readonly string[],
  reading: FrameReading,
): Promise<RowSource[]> {
  const recorded = await Promise.all(
    paths.map(async (path) => {
      const format = await recordedFormat(path);
      return format === undefined ? undefined : new HistoryFrames(path, { ...reading, format });
    }),
  );
  const others = paths.filter((_path, i) => recorded[i] === undefined);
  const files = others.length === 0 ? [] : await openFiles(others, { badRows: 'skip' });
  return [
    ...recorded.filter((source) => source !== undefined),
    ...files.map((file) =>
      file.format === 'binance-frames' ? new HistoryFrames(file.name, reading) : file,
    ),
  ];
}
