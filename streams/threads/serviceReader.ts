import type { Item } from '../bars/item';
import type { ItemMeter } from '../engine/itemMeter';
import type { ServedStage } from '../topology';
import type { LoggedSeries, LoggedServices } from './serviceLog';

const PRICES = { open: 0, high: 0, low: 0, close: 0, volume: 0, count: 0, complete: true };

/** Tells an `ItemMeter` in the coordinator's thread what a stage's thread has logged. */
export class ServiceReader {
  readonly #stage: ServedStage;
  readonly #meter: ItemMeter;
  readonly #series: LoggedSeries[] = [];

  constructor(stage: ServedStage, meter: ItemMeter) {
    this.#stage = stage;
    this.#meter = meter;
  }

  read(services: LoggedServices): void {
    const { rows, names, strategy, took, parts, awaited, service, dropped } = services;
    const meter = this.#meter;
    for (const name of names) this.#series.push(name);
    let part = 0;
    for (let row = 0; row < rows; row += 1) {
      const item = this.#itemOf(
        services.series[row] as number,
        services.time[row] as number,
        services.due[row] as number,
        services.cause[row] as number,
      );
      if (this.#stage === 'processor') {
        meter.onProcessed(item, service[row] as number);
        continue;
      }
      for (const end = part + (parts[row] as number); part < end; part += 1) {
        meter.onCharge(strategy[part] as number, took[part] as number);
      }
      if ((awaited[row] as number) > 0) meter.onAwaited?.(awaited[row] as number);
      meter.onAnalyzed(item, service[row] as number);
    }
    // The processor's thread has the inbox before analysis.
    for (const { series, time, due, cause } of dropped) {
      meter.onDropped?.(this.#itemOf(series, time, due, cause), 'analysis');
    }
  }

  /** The item as far as is known here: what happened, not what was traded. */
  #itemOf(number: number, time: number, due: number, cause: number): Item {
    const series = this.#series[number];
    const shared = { base: 0, derived: 0, market: time, cause, due, offered: due };
    if (series === undefined) {
      const watermark = { time, last: false };
      return { bar: undefined, watermark, symbol: -1, interval: 0, ...shared };
    }
    const { symbol, interval, symbolName, intervalName } = series;
    const bar = { symbol: symbolName, interval: intervalName, start: time, end: time, ...PRICES };
    return { bar, watermark: undefined, symbol, interval, ...shared };
  }
}
