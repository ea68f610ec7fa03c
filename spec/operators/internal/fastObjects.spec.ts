import { BooleanSubject } from '../../../operators/internal/booleanSubject';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { Observable, Subscriber } from 'rxjs';
import { holdUntilReady, pace, Readiness, serve, trackBackpressure } from '../../../operators';
import { EdgeEventBatcher } from '../../../operators/kernel/edgeEventBatcher';

setFlagsFromString('--allow-natives-syntax');
const isFast = runInThisContext('(object) => %HasFastProperties(object)') as (o: object) => boolean;
// Functions are compiled when they are called first.
isFast({});
setFlagsFromString('--no-allow-natives-syntax');

/** V8 decides how much room an object gets by the first few of its kind. */
const MANY = 30;

/** What an operator subscribes its source with. */
function subscriberOf(operate: (source: Observable<number>) => Observable<unknown>): object {
  const seen: object[] = [];
  const source = new Observable<number>((subscriber) => {
    seen.push(subscriber);
    subscriber.next(1);
    subscriber.next(2);
  });
  operate(source).subscribe().unsubscribe();
  return seen[0] as object;
}

describe('the objects on the path of every item', () => {
  // In a dictionary, a field costs ten times as much: a process that replays again and again would slow down.
  it.each<[string, () => object]>([
    ['trackBackpressure', () => subscriberOf(trackBackpressure(new Readiness(), { edge: 'edge' }))],
    ['holdUntilReady', () => subscriberOf(holdUntilReady(new Readiness()))],
    ['serve', () => subscriberOf(serve((n) => [n], { serviceTime: 0 }))],
    ['pace', () => subscriberOf(pace({ timeOf: () => 0 }))],
    ['Readiness', () => new Readiness()],
    ['BooleanSubject', () => new BooleanSubject(false)],
    ['EdgeEventBatcher', () => new EdgeEventBatcher({ edge: 'edge', batch: { count: 9 } })],
  ])('%s: fields, not a dictionary, however many there were before', (_name, make) => {
    expect(Array.from({ length: MANY }, make).map(isFast)).toEqual(Array(MANY).fill(true));
  });

  it('a dictionary would be noticed', () => {
    const object: Record<string, number> = { a: 1, b: 2 };
    delete object['a'];
    expect([isFast(new Subscriber()), isFast(object)]).toEqual([true, false]);
  });
});
