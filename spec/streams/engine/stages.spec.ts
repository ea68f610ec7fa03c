import { map } from 'rxjs';
import type { OperatorFunction, SchedulerLike } from 'rxjs';
import { Readiness } from '../../../operators';
import type { Item, Signal, Strategy } from '../../../streams';
import { analysis, coordinator, edge, Feed, processor, StrategyRunner } from '../../../streams';
import type { CoordinatorOptions } from '../../../streams';
import { booksOf } from '../../support/books';
import { marbles } from '../../support/marbles';
import type { Marbles } from '../../support/marbles';
import { brief, historyOf, itemsOf, ticksOf } from '../given';

const briefly: OperatorFunction<Item, string> = map((item) =>
  item.bar === undefined ? brief(item) : `${brief(item)}${item.bar.interval}`,
);

/** As if the edge before had just handed it over. */
const offeredNow = (scheduler: SchedulerLike): OperatorFunction<Item, Item> =>
  map((item) => ({ ...item, due: scheduler.now(), offered: scheduler.now() }));

/** Emissions as [frame, text], in order. */
function emissions(
  { scheduler, flush }: Marbles,
  source: ReturnType<typeof coordinator>,
): string[] {
  const seen: string[] = [];
  source.pipe(briefly).subscribe({
    next: (text) => seen.push(`${scheduler.now()} ${text}`),
    complete: () => seen.push(`${scheduler.now()} |`),
    error: (error: unknown) => seen.push(`${scheduler.now()} ${String(error)}`),
  });
  flush();
  return seen;
}

describe('coordinator', () => {
  const released = (options: CoordinatorOptions): string[] => {
    let seen: string[] = [];
    marbles((helpers) => {
      const feed = new Feed(
        [ticksOf('A 0 1', 'B 0.5 1', 'A 3 1', 'A 4 1')],
        historyOf('1s', ['2s']),
      );
      const { scheduler } = helpers;
      seen = emissions(helpers, coordinator(feed, { speed: 1_000, scheduler, ...options }));
    });
    return seen;
  };

  test('releases bars at their ends, and watermarks where derived windows end', () => {
    expect(released({})).toEqual([
      '1 A[0,1)1s',
      '1 B[0,1)1s',
      '2 W2',
      '4 A[3,4)1s',
      '4 W4',
      '5 A[4,5)open1s',
      '5 W5.',
      '5 |',
    ]);
  });

  test('at half the speed takes twice the time', () => {
    expect(released({ speed: 500 }).map((text) => Number(text.split(' ')[0]))).toEqual([
      2, 2, 4, 8, 8, 10, 10, 10,
    ]);
  });

  test('releases at once while readiness drives, and nothing while it is paused', () => {
    expect(released({ clockDriven: false })).toHaveLength(8);
    expect(new Set(released({ clockDriven: false }).map((text) => text.split(' ')[0]))).toEqual(
      new Set(['0']),
    );
    expect(released({ paused: true })).toEqual([]);
  });

  test('tells when each item was due, and what was pulled', () => {
    const dues: number[] = [];
    let pulled = 0;
    released({
      onRelease: (_item, due) => dues.push(due),
      onPull: (_took, items) => (pulled += items),
    });
    expect(dues).toEqual([1, 1, 2, 4, 4, 5, 5]);
    expect(pulled).toBe(7);
  });
});

describe('processor', () => {
  test('passes base bars on, and closes derived ones where a watermark says so, after its service time', () => {
    marbles((helpers) => {
      const history = historyOf('1s', ['2s']);
      const [a, b, w] = itemsOf([ticksOf('A 0 1', 'B 0.5 1', 'A 3 1')], history) as [
        Item,
        Item,
        Item,
      ];
      const items = helpers.hot('-a--b--w--|', { a, b, w });
      const readiness = new Readiness();
      expect(
        emissions(
          helpers,
          items.pipe(
            offeredNow(helpers.scheduler),
            processor(history, { scheduler: helpers.scheduler, serviceTime: 2, readiness }),
          ),
        ),
      ).toEqual(['3 A[0,1)1s', '6 B[0,1)1s', '9 A[0,2)2s', '9 B[0,2)2s', '10 |']);
      expect(readiness.freeAt).toBe(9);
      helpers.expectSubscriptions(items.subscriptions).toBe('^---------!');
    });
  });

  test('passes errors on', () => {
    marbles((helpers) => {
      const items = helpers.hot<Item>('--#', {}, 'gone');
      const { scheduler } = helpers;
      expect(emissions(helpers, items.pipe(processor(historyOf('1s'), { scheduler })))).toEqual([
        '2 gone',
      ]);
    });
  });
});

describe('analysis', () => {
  test('is the signals of the strategies that a bar wakes, after its service time', () => {
    marbles(({ hot, scheduler, expectObservable, expectSubscriptions }) => {
      const history = historyOf('1s');
      const [a, b] = itemsOf([ticksOf('A 0 1', 'B 0.5 1', 'A 3 1')], history) as [Item, Item];
      const only: Strategy = {
        name: 's',
        symbols: ['B'],
        onBar: () => [{ side: 'buy' }, { side: 'sell' }],
      };
      const runner = new StrategyRunner(history, [only]);
      const items = hot('-a--b--|', { a, b });
      const signals = items.pipe(
        offeredNow(scheduler),
        analysis(history, runner, { scheduler, serviceTime: 3 }),
        map(({ symbol, side }: Signal) => `${symbol} ${side}`),
      );
      expectObservable(signals).toBe('-------(xy|)', { x: 'B buy', y: 'B sell' });
      expectSubscriptions(items.subscriptions).toBe('^------!');
    });
  });
});

describe('edge', () => {
  const [item] = itemsOf([ticksOf('A 0 1', 'A 1 1')], historyOf('1s')) as [Item];

  test('lets pass and counts while it is not active, holds and counts nothing while it is', () => {
    marbles(({ hot, scheduler, ready, flags, expectObservable, flush }) => {
      const books = booksOf();
      const holding: boolean[] = [];
      const items = hot('-a-a--a----|', { a: item }).pipe(offeredNow(scheduler));
      const passed = items.pipe(
        edge({
          edge: 'coordinator-processor',
          readiness: ready('--f-----t--'),
          active: flags('f----t-----'),
          holding: { next: (holds) => holding.push(holds) },
          events: books,
          batch: { count: 1 },
          scheduler,
        }),
        map(() => 'a'),
      );
      expectObservable(passed).toBe('-a-a----a--|');
      flush();
      expect(books.counts).toMatchObject({ delivered: 3, backpressure: 1 });
      expect(holding).toEqual([true, false]);
      expect(books.all.every(({ key }) => key === 'A')).toBe(true);
    });
  });
});
