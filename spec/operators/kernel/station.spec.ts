import fc from 'fast-check';
import { EdgeRule, isAfter, ServerRule, Station } from '../../../operators/kernel/station';

interface Offer {
  readonly due: number;
  readonly offered: number;
  readonly service: number;
}

interface Fate extends Offer {
  readonly judgement: string;
  readonly overrun: boolean;
  readonly finish: number;
  readonly start: number;
}

/** By definition and brute force: every offer is compared with all items before it. */
function oracle(offers: readonly Offer[], servers: number): Fate[] {
  const fates: Fate[] = [];
  let lookBack: Offer[] = [];
  for (const offer of offers) {
    const { offered, due } = offer;
    const unserved = fates.filter(({ start }) => start > offered);
    const taken = fates.filter(({ start, finish }) => start <= offered && offered < finish);
    const ready = unserved.length === 0 && taken.length < servers;
    if (ready) lookBack = [];
    const burst = !ready && lookBack.every((earlier) => earlier.due === due);
    lookBack.push(offer);
    const isFree = (time: number): boolean =>
      fates.filter(({ finish }) => finish > time).length < servers;
    const earliest = Math.max(offered, fates.at(-1)?.start ?? 0);
    const candidates = [earliest, ...fates.map(({ finish }) => finish)].filter(
      (time) => time >= earliest && isFree(time),
    );
    const start = Math.min(...candidates);
    fates.push({
      ...offer,
      start,
      finish: start + offer.service,
      judgement: ready ? 'ready' : burst ? 'burst' : 'behind',
      overrun: unserved.length > 0,
    });
  }
  return fates;
}

/** Offers in order of time, many of them at one instant; each was due at its offer or before. */
const offers = fc
  .array(fc.tuple(fc.nat(4), fc.nat(8), fc.boolean()), { maxLength: 60 })
  .map((steps) => {
    let offered = 0;
    let due = 0;
    return steps.map(([gap, service, late]): Offer => {
      offered += gap;
      if (!late) due = offered;
      return { due, offered, service };
    });
  });

test.each([1, 2, 3, 8])('%i servers: judged and served as brute force says', (servers) => {
  fc.assert(
    fc.property(offers, (all) => {
      const station = new Station(servers);
      const judged = all.map((offer): Fate => {
        const judgement = station.offer(offer.due, offer.offered);
        const { overrun } = station;
        const finish = station.serve(offer.offered, offer.service);
        return { ...offer, judgement, overrun, start: station.start, finish };
      });
      expect(judged).toEqual(oracle(all, servers));
    }),
  );
});

test('what waits in the inbox makes a consumer not ready, and the offer an overrun', () => {
  const station = new Station();
  expect([station.offer(0, 0), station.overrun]).toEqual(['ready', false]);
  expect([station.offer(1, 1, 1), station.overrun]).toEqual(['behind', true]);
});

test('a server that is taken until nobody knows when is not free before it is released', () => {
  const server = new ServerRule(2);
  server.begin(0);
  expect(server.isReadyAt(5)).toBe(true);
  server.begin(1);
  expect([server.isReadyAt(5), server.freeAt]).toEqual([false, Infinity]);
  server.release(7);
  expect([server.isReadyAt(6), server.isReadyAt(7)]).toEqual([false, true]);
  server.release(Infinity, 7);
  expect(server.freeAt).toBe(Infinity);
});

test('without due times everything is behind', () => {
  const edge = new EdgeRule();
  expect([edge.offer(NaN, true), edge.offer(NaN, false)]).toEqual(['ready', 'behind']);
});

test('what was due before the floor was due at the floor', () => {
  const edge = new EdgeRule();
  edge.offer(0, true);
  expect([edge.offer(5, false, 7), edge.offer(8, false, 7)]).toEqual(['burst', 'behind']);
});

test('sums of the same parts in another order are one instant', () => {
  expect([isAfter(0.1 + 0.2, 0.3), isAfter(0.3 + 2e-6, 0.3)]).toEqual([false, true]);
});

test('a free server does not make a consumer ready whose inbox is not empty', () => {
  const server = new ServerRule();
  expect([server.isReadyAt(5), server.isReadyAt(5, 1)]).toEqual([true, false]);
});

test('what is due behind an item that was due at the floor is no part of its burst', () => {
  const edge = new EdgeRule();
  edge.offer(9, true);
  expect(edge.offer(9.5, false, 7)).toBe('behind');
});

test('at the instant of its start an item waits no more', () => {
  const station = new Station();
  station.serve(0, 4);
  station.serve(0, 4);
  expect([station.offer(5, 3.9), station.overrun]).toEqual(['behind', true]);
  expect([station.offer(6, 4), station.overrun]).toEqual(['behind', false]);
});
