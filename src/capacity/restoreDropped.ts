import type { Timings } from '../journal';
import { NO_CAUSE } from '../journal';

/** Means of what was served of one series. */
class SeriesMeans {
  readonly count: Float64Array;
  readonly sum: Float64Array;

  constructor(series: number) {
    this.count = new Float64Array(series);
    this.sum = new Float64Array(series);
  }

  add(series: number, ms: number): void {
    if (series < 0) return;
    this.count[series] = (this.count[series] as number) + 1;
    this.sum[series] = (this.sum[series] as number) + ms;
  }

  /** Of the series; of all series where nothing of it was served. */
  of(series: number): number {
    const count = this.count[series] as number;
    if (count > 0) return (this.sum[series] as number) / count;
    const all = this.count.reduce((total, one) => total + one, 0);
    return all === 0 ? 0 : this.sum.reduce((total, ms) => total + ms, 0) / all;
  }
}

/** The mean part of each strategy in an update of each series. */
function partMeans({
  updates,
  parts,
  series,
  strategies,
}: Timings): (number: number) => Float64Array {
  const sums = series.map(() => new Float64Array(strategies.length));
  const counts = new Float64Array(series.length);
  for (let u = 0; u < updates.length; u += 1) {
    const of = updates.series[u] as number;
    counts[of] = (counts[of] as number) + 1;
    const end = updates.firstPart[u + 1] as number;
    for (let part = updates.firstPart[u] as number; part < end; part += 1) {
      const sum = sums[of] as Float64Array;
      const strategy = parts.strategy[part] as number;
      sum[strategy] = (sum[strategy] as number) + (parts.took[part] as number);
    }
  }
  for (const [of, sum] of sums.entries()) {
    const count = counts[of] as number;
    if (count > 0) for (let s = 0; s < sum.length; s += 1) sum[s] = (sum[s] as number) / count;
  }
  return (number) => sums[number] as Float64Array;
}

/** Indices of dropped rows, those before the processor and those before analysis, in the order in which they come back. */
function orderOf(dropped: NonNullable<Timings['dropped']>) {
  const all = [...dropped.cause.keys()];
  const before = all.filter((row) => dropped.cause[row] === NO_CAUSE);
  const behind = all.filter((row) => dropped.cause[row] !== NO_CAUSE);
  const by = (column: Float64Array | Uint32Array) => (a: number, b: number) =>
    (column[a] as number) - (column[b] as number) || a - b;
  return { before: before.sort(by(dropped.time)), behind: behind.sort(by(dropped.cause)) };
}

/**
 * Recorded times in which what inboxes dropped is served too, each with the mean of its symbol and
 * interval: a run that keeps up drops nothing. The same timings where nothing was dropped.
 */
export function restoreDropped(timings: Timings): Timings {
  const { dropped, items, updates, parts, series } = timings;
  if (dropped === undefined) return timings;
  const { before, behind } = orderOf(dropped);
  const itemMeans = new SeriesMeans(series.length);
  const updateMeans = new SeriesMeans(series.length);
  const awaitedMeans = new SeriesMeans(series.length);
  for (let i = 0; i < items.length; i += 1) {
    itemMeans.add(items.series[i] as number, items.service[i] as number);
  }
  for (let u = 0; u < updates.length; u += 1) {
    const of = updates.series[u] as number;
    updateMeans.add(of, updates.service[u] as number);
    awaitedMeans.add(of, updates.awaited?.[u] ?? 0);
  }
  const meanParts = partMeans(timings);

  const restored = new Restored(
    items.length + before.length,
    updates.length + behind.length + before.length,
  );
  const restoreUpdate = (of: number): void => {
    restored.update(updateMeans.of(of), of, awaitedMeans.of(of));
    for (const [strategy, took] of meanParts(of).entries()) {
      if (took > 0) restored.part(strategy, took);
    }
  };
  let next = 0;
  let update = 0;
  let lost = 0;
  const restoreItems = (until: number): void => {
    for (; next < before.length; next += 1) {
      const row = before[next] as number;
      if ((dropped.time[row] as number) >= until) return;
      const of = dropped.series[row] as number;
      restored.item(dropped.time[row] as number, dropped.due[row] as number, itemMeans.of(of), of);
      restoreUpdate(of);
    }
  };
  for (let i = 0; i < items.length; i += 1) {
    restoreItems(items.time[i] as number);
    restored.item(
      items.time[i] as number,
      items.due[i] as number,
      items.service[i] as number,
      items.series[i] as number,
    );
    for (; update < updates.length && updates.cause[update] === i; update += 1) {
      restored.update(
        updates.service[update] as number,
        updates.series[update] as number,
        updates.awaited?.[update] ?? 0,
      );
      const end = updates.firstPart[update + 1] as number;
      for (let part = updates.firstPart[update] as number; part < end; part += 1) {
        restored.part(parts.strategy[part] as number, parts.took[part] as number);
      }
    }
    for (; lost < behind.length && dropped.cause[behind[lost] as number] === i; lost += 1) {
      restoreUpdate(dropped.series[behind[lost] as number] as number);
    }
  }
  restoreItems(Infinity);
  const { run, strategies, intervals } = timings;
  return { run, strategies, intervals, series, ...restored.columns() };
}

/** Columns under construction. */
class Restored {
  readonly #items;
  readonly #updates;
  readonly #took: number[] = [];
  readonly #strategy: number[] = [];
  #item = 0;
  #update = 0;

  constructor(items: number, updates: number) {
    this.#items = {
      time: new Float64Array(items),
      due: new Float64Array(items),
      service: new Float64Array(items),
      series: new Int32Array(items),
    };
    this.#updates = {
      service: new Float64Array(updates),
      cause: new Uint32Array(updates),
      series: new Int32Array(updates),
      awaited: new Float32Array(updates),
      firstPart: new Uint32Array(updates + 1),
    };
  }

  item(time: number, due: number, service: number, series: number): void {
    const at = this.#item;
    this.#items.time[at] = time;
    this.#items.due[at] = due;
    this.#items.service[at] = service;
    this.#items.series[at] = series;
    this.#item = at + 1;
  }

  /** Of the latest item. */
  update(service: number, series: number, awaited: number): void {
    const at = this.#update;
    this.#updates.service[at] = service;
    this.#updates.cause[at] = this.#item - 1;
    this.#updates.series[at] = series;
    this.#updates.awaited[at] = awaited;
    this.#updates.firstPart[at + 1] = this.#took.length;
    this.#update = at + 1;
  }

  /** Of the latest update. */
  part(strategy: number, took: number): void {
    this.#took.push(took);
    this.#strategy.push(strategy);
    this.#updates.firstPart[this.#update] = this.#took.length;
  }

  columns(): Pick<Timings, 'items' | 'updates' | 'parts'> {
    const length = this.#update;
    const { service, cause, series, awaited, firstPart } = this.#updates;
    return {
      items: { length: this.#item, ...this.#items },
      updates: {
        length,
        service: service.subarray(0, length),
        cause: cause.subarray(0, length),
        series: series.subarray(0, length),
        awaited: awaited.subarray(0, length),
        firstPart: firstPart.subarray(0, length + 1),
      },
      parts: {
        length: this.#took.length,
        took: Float32Array.from(this.#took),
        strategy: Uint16Array.from(this.#strategy),
      },
    };
  }
}
