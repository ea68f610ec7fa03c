// Every entry, and calls whose types were wrong once.
import * as barometer from 'barometer';
import { pull, serve, trackBackpressure, Readiness } from 'barometer/operators';
import type { EdgeEvent, ServiceContext } from 'barometer/operators';
import { marbles } from 'barometer/testing';
import type { Marbles } from 'barometer/testing';
import { of } from 'rxjs';
import type { Observable } from 'rxjs';

export const save = (n: number): void => void n;
export const saved: Observable<unknown> = of(1).pipe(serve(save));
export const logged = of(1).pipe(
  serve((n) => {
    save(n);
  }),
);
export const fetched: Observable<number> = of(1).pipe(
  serve((n: number, { signal }: ServiceContext) => (signal.aborted ? [] : [n]), { concurrency: 2 }),
);
export const items: Observable<number> = pull([1, 2]);
export const chunks: Observable<number> = pull([[1], [2]]);
export const tracked = of(1).pipe(
  trackBackpressure(new Readiness(), { edge: 'e', events: (event: EdgeEvent) => event.count }),
);
export const test = (body: (kit: Marbles) => void): void => marbles(body);
export const names = Object.keys(barometer);
