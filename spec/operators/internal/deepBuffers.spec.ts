import { BehaviorSubject, range, Subject, VirtualTimeScheduler } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { Holding, holdUntilReady, pace, Readiness, serve } from '../../../operators';
import type { HoldUntilReadyOptions } from '../../../operators';
import { collectGarbage } from '../../support/collectGarbage';

const MANY = 1_000_000;
const FEWER = 100_000;

// That a queue of n items costs at most two copies of each is to be found in ring.spec.ts.
describe('a million items, held and released', () => {
  it('by a gate: all of them, in order, asking for readiness twice an item at most', () => {
    let asked = 0;
    const readiness = new BehaviorSubject(false);
    void Object.defineProperty(readiness, 'value', {
      get: () => {
        asked += 1;
        return readiness.getValue();
      },
    });
    let next = 0;
    let inOrder = true;
    range(0, MANY)
      .pipe(holdUntilReady(readiness))
      .subscribe((n) => {
        inOrder &&= n === next;
        next += 1;
      });
    readiness.next(true);
    expect([next, inOrder, asked <= 2 * MANY]).toEqual([MANY, true, true]);
  });

  it('by a gate, one for each time that the consumer gets ready', () => {
    const readiness = new Readiness(false);
    let passed = 0;
    range(0, MANY)
      .pipe(holdUntilReady(readiness))
      .subscribe(() => {
        passed += 1;
        readiness.next(false);
      });
    while (passed < MANY) readiness.next(true);
    expect(passed).toBe(MANY);
  });

  it('by the inbox of a blocked server', () => {
    const downstream = new Holding(true);
    let served = 0;
    range(0, MANY)
      .pipe(serve((n) => [n], { downstream, serviceTime: 0 }))
      .subscribe(() => (served += 1));
    downstream.next(false);
    expect(served).toBe(MANY);
  });

  it('by a pause of pace', () => {
    const paused = new BehaviorSubject(true);
    let released = 0;
    range(0, MANY)
      .pipe(pace({ timeOf: () => 0, paused, scheduler: new VirtualTimeScheduler() }))
      .subscribe(() => (released += 1));
    paused.next(false);
    expect(released).toBe(MANY);
  });

  it('conflating: a hundred thousand keys, twice', () => {
    const readiness = new BehaviorSubject(false);
    let passed = 0;
    range(0, 2 * FEWER)
      .pipe(
        holdUntilReady(readiness, {
          capacity: FEWER,
          overflow: 'conflate',
          keyOf: (n) => String(n % FEWER),
        }),
      )
      .subscribe((n) => (passed += n < FEWER ? 0 : 1));
    readiness.next(true);
    expect(passed).toBe(FEWER);
  });
});

describe('what has left, or was let go, is free', () => {
  type Item = { readonly n: number };
  const cases: [string, () => { operator: MonoTypeOperatorFunction<Item>; release: () => void }][] =
    [
      [
        'a gate',
        () => {
          const readiness = new Readiness(false);
          return {
            operator: holdUntilReady(readiness),
            release: () => {
              readiness.next(true);
            },
          };
        },
      ],
      [
        'a conflating gate',
        () => {
          const readiness = new Readiness(false);
          return {
            operator: holdUntilReady(readiness, {
              overflow: 'conflate',
              keyOf: ({ n }) => String(n),
            }),
            release: () => {
              readiness.next(true);
            },
          };
        },
      ],
      [
        'a server',
        () => {
          const downstream = new Holding(true);
          return {
            operator: serve((item) => [item], { downstream, serviceTime: 0 }),
            release: () => {
              downstream.next(false);
            },
          };
        },
      ],
      [
        'pace',
        () => {
          const paused = new BehaviorSubject(true);
          return {
            operator: pace<Item>({ timeOf: () => 0, paused }),
            release: () => {
              paused.next(false);
            },
          };
        },
      ],
    ];

  const filled = (operator: MonoTypeOperatorFunction<Item>, source: Subject<Item>) => {
    const refs: WeakRef<Item>[] = [];
    const subscription = source.pipe(operator).subscribe({ error: () => undefined });
    for (let n = 0; n < 10_000; n += 1) {
      const item = { n };
      refs.push(new WeakRef(item));
      source.next(item);
    }
    return { subscription, refs };
  };
  const alive = async (refs: readonly WeakRef<Item>[]): Promise<number> => {
    await collectGarbage();
    return refs.filter((ref) => ref.deref() !== undefined).length;
  };

  it.each(cases)('released by %s, which goes on', async (_name, made) => {
    const { operator, release } = made();
    const { subscription, refs } = filled(operator, new Subject<Item>());
    const before = await alive(refs);
    release();
    // The first one may be on its way already.
    expect([before >= refs.length - 1, (await alive(refs)) <= 1]).toEqual([true, true]);
    subscription.unsubscribe();
  });

  it.each(cases)('unsubscribed from %s', async (_name, made) => {
    const { operator } = made();
    const { subscription, refs } = filled(operator, new Subject<Item>());
    subscription.unsubscribe();
    expect(await alive(refs)).toBeLessThanOrEqual(1);
  });

  it.each(cases)('by an error of the source of %s', async (_name, made) => {
    const { operator } = made();
    const source = new Subject<Item>();
    const { refs } = filled(operator, source);
    source.error(new Error('#'));
    expect(await alive(refs)).toBeLessThanOrEqual(1);
  });

  it.each<[string, number, HoldUntilReadyOptions<Item>]>([
    ['a million items', MANY, {}],
    ['ever new keys', FEWER, { overflow: 'conflate', keyOf: ({ n }) => String(n) }],
  ])(
    'the heap is as small after %s as before, though the gate goes on',
    async (_of, many, options) => {
      const readiness = new Readiness(false);
      const source = new Subject<Item>();
      const subscription = source.pipe(holdUntilReady(readiness, options)).subscribe();
      const used = async (): Promise<number> => {
        await collectGarbage();
        return process.memoryUsage().heapUsed / 2 ** 20;
      };
      const before = await used();
      for (let n = 0; n < many; n += 1) source.next({ n });
      const full = await used();
      readiness.next(true);
      const after = await used();
      expect([full - before > 16, after - before < 4]).toEqual([true, true]);
      subscription.unsubscribe();
    },
  );
});
