import { from, retry, Subject, tap } from 'rxjs';
import type { History, Item, Strategy } from '../../streams';
import { analysis, coordinator, Feed, processor, StrategyRunner } from '../../streams';
import { historyOf, itemsOf, ticksOf } from './given';

/** Base bars of a feed, as if they had been offered at once. */
const barsAt0 = (history: History, ...texts: readonly string[]): Item[] =>
  itemsOf([ticksOf(...texts)], history)
    .filter(({ bar }) => bar !== undefined)
    .map((item) => ({ ...item, due: 0, offered: 0 }));

const closing = (time: number): Item => {
  const [item] = barsAt0(historyOf('1s'), 'A 0 1') as [Item];
  return { ...item, bar: undefined, watermark: { time: time * 1e6, last: false }, symbol: -1 };
};

describe('what a stage remembers belongs to a subscription', () => {
  test('processor: who comes later does not close what was open for the one before', () => {
    const history = historyOf('1s', ['4s']);
    const [first, second] = barsAt0(history, 'A 0 10', 'A 1 20', 'A 4 30') as [Item, Item];
    const items = new Subject<Item>();
    const bars = items.pipe(processor(history));
    const left = bars.subscribe();
    items.next(first);
    left.unsubscribe();
    const opens: unknown[] = [];
    bars.subscribe(({ bar }) => opens.push([bar?.interval, bar?.open]));
    items.next(second);
    items.next(closing(4));
    expect(opens).toEqual([
      ['1s', 20],
      ['4s', 20],
    ]);
  });

  test('analysis: a strategy that throws between the two readings spoils none of the next subscription', () => {
    const history = historyOf('1s');
    const items = barsAt0(history, 'A 0 1', 'A 1 1', 'A 2 1', 'A 3 1').slice(0, 3);
    let now = 0;
    const stopwatch = (): number => now;
    let calls = 0;
    const throwsOnce: Strategy = {
      name: 'throws once',
      onBar: () => {
        now += 3;
        calls += 1;
        if (calls === 1) throw new Error('ouch');
      },
    };
    const runner = new StrategyRunner(history, [throwsOnce], { stopwatch, strict: true });
    const services: number[] = [];
    const meter = { onServed: (_item: Item, _start: number, took: number) => services.push(took) };
    from(items)
      .pipe(
        tap(() => (now += 100)),
        analysis(history, runner, { stopwatch, meter }),
        retry(1),
      )
      .subscribe();
    expect(services).toEqual([3, 3, 3]);
  });

  test('coordinator: each has room of its own, and reads ahead by itself', () => {
    const history = historyOf('1s');
    const items = barsAt0(history, 'A 0 1', 'A 1 1', 'A 2 1');
    const reads: number[] = [];
    let readers = 0;
    class Again extends Feed {
      override chunks(): Iterable<readonly Item[]> {
        readers += 1;
        return reading(readers);
      }
    }
    function* reading(reader: number): Generator<readonly Item[]> {
      for (const item of items) {
        reads.push(reader);
        yield [item];
      }
    }
    const released = coordinator(new Again([], history), { clockDriven: false, paused: true });
    const both = [released.subscribe(), released.subscribe()];
    expect(reads).toEqual([1, 2]);
    for (const subscription of both) subscription.unsubscribe();
  });
});
