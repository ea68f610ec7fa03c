import {
  Feed,
  History,
  parseDerived,
  parseInterval,
  StrategyRunner,
} from '../../../src/entries/stages';
import { LogLinearHistogram } from '../../../operators';
import { stopwatch } from '../../../operators/kernel/stopwatch';
import { isBar } from '../../../streams/bars/item';
import type { Item } from '../../../streams/bars/item';
import { processing } from '../../../streams/engine/processor';
import type { Row } from '../frame/table';
import type { Crossings } from '../work/crossings';
import type { Ticks } from '../work/ticks';
import { DERIVED } from './input';
import { onEightSymbols } from './onEightSymbols';
import { crossover, sourceOf } from './ours';

/** A consumer and the edge before it: when it is free, and what is counted and measured there. */
class Consumer {
  free = 0;
  readonly delivered: Float64Array;
  readonly notReady: Float64Array;
  readonly lateness = new LogLinearHistogram();
  readonly service = new LogLinearHistogram();

  constructor(symbols: number) {
    this.delivered = new Float64Array(symbols);
    this.notReady = new Float64Array(symbols);
  }

  /** The gate lets an item go: when its service begins. */
  begins(item: Item, offered: number): number {
    const start = Math.max(offered, this.free);
    if (!isBar(item)) return start;
    const { symbol } = item;
    this.delivered[symbol] = (this.delivered[symbol] as number) + 1;
    if (start > offered) this.notReady[symbol] = (this.notReady[symbol] as number) + 1;
    this.lateness.record(start - item.due);
    return start;
  }

  /** Its service is over: when that is. */
  ends(item: Item, start: number, took: number): number {
    if (isBar(item)) this.service.record(took);
    return (this.free = start + took);
  }
}

/**
 * Our stages without operators, data-driven, with nothing that could come between: what they and the
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
      const start = processor.begins(item, item.due);
      const began = stopwatch();
      const outputs = process(item);
      const finished = processor.ends(item, start, stopwatch() - began);
      for (const output of outputs) {
        if (output.bar?.complete !== true) continue;
        // The gate holds it until the analysis is free, and the processor with it.
        processor.free = Math.max(finished, analysis.free);
        const passed = analysis.begins(output, processor.free);
        history.reached(output);
        const woken = stopwatch();
        void runner.run(output, woken);
        analysis.ends(output, passed, runner.latest - woken);
      }
    }
  }
}

export const oneLoop: Row = {
  name: 'one-loop',
  title: 'our stages in one loop, timed: no operators',
  prepare: onEightSymbols(inOneLoop),
};
