import { Feed, History, parseDerived, parseInterval, StrategyRunner } from '../../../src';
import { Buckets } from '../../../operators';
import { stopwatch } from '../../../operators/stopwatch';
import { isBar } from '../../../streams/item';
import type { Item } from '../../../streams/item';
import { processing } from '../../../streams/processor';
import type { Row } from '../frame/table';
import type { Crossings } from '../work/crossings';
import type { Ticks } from '../work/ticks';
import { DERIVED } from './input';
import { onEightSymbols } from './onEightSymbols';
import { crossover, sourceOf } from './ours';

/** A consumer and the edge before it, data-driven: when it is free, and what its meters count. */
class Consumer {
  free = 0;
  readonly delivered: Float64Array;
  readonly notReady: Float64Array;
  readonly lateness = new Buckets();
  readonly service = new Buckets();

  constructor(symbols: number) {
    this.delivered = new Float64Array(symbols);
    this.notReady = new Float64Array(symbols);
  }

  /** An item is offered: when its service begins. */
  offered(item: Item, at: number): number {
    const start = Math.max(at, this.free);
    if (!isBar(item)) return start;
    const { symbol } = item;
    this.delivered[symbol] = (this.delivered[symbol] as number) + 1;
    if (start > at) this.notReady[symbol] = (this.notReady[symbol] as number) + 1;
    this.lateness.record(start - item.due);
    return start;
  }

  served(item: Item, start: number, took: number): void {
    if (isBar(item)) this.service.record(took);
    this.free = start + took;
  }
}

/**
 * Our stages without operators, for one mode and nothing that could come between: what they and the
 * measuring of them cost, whoever joins them. No pause, no switch, no windows, no error that is counted.
 */
function inOneLoop(ticks: Ticks, crossings: Crossings): void {
  const base = parseInterval('tick');
  const history = new History([base, ...parseDerived(DERIVED, base)]);
  const runner = new StrategyRunner(history, [crossover(crossings)], { stopwatch });
  const process = processing(history);
  const processor = new Consumer(ticks.symbols.length);
  const analysis = new Consumer(ticks.symbols.length);
  const chunks = new Feed([sourceOf(ticks)], history).chunks() as Iterable<readonly Item[]>;
  for (const chunk of chunks) {
    for (const item of chunk) {
      item.due = processor.free;
      const start = processor.offered(item, item.due);
      const began = stopwatch();
      const outputs = process(item);
      processor.served(item, start, stopwatch() - began);
      const finished = processor.free;
      for (const output of outputs) {
        if (output.bar?.complete !== true) continue;
        const at = Math.max(finished, analysis.free);
        // The one before it has to leave the gate before the processor can go on.
        processor.free = at;
        analysis.offered(output, finished);
        history.reached(output);
        const woken = stopwatch();
        runner.run(output, woken);
        analysis.served(output, at, runner.latest - woken);
      }
    }
  }
}

export const oneLoop: Row = {
  name: 'one-loop',
  title: 'our stages in one loop, timed: no operators',
  prepare: onEightSymbols(inOneLoop),
};
