import * as fc from 'fast-check';
import type { Overflow } from '../../../../operators';
import { parseInterval } from '../../../../streams/bars/interval';
import { Ingress } from '../../../../streams/live/ingress';
import { ingressSourceOf } from '../../../../streams/live/ingressOptions';
import type { IngressOptions } from '../../../../streams/live/ingressOptions';
import type { LiveBatch } from '../../../../streams/live/liveBatch';
import type { RecordingEntry } from '../../../../streams/live/recording/recordingLine';

export const START = 1_723_161_240e6;
export const MS = 1_000;

/** An ingress of feeds of ticks. */
export function ticksIngress(
  options: Partial<IngressOptions> & { readonly names?: readonly string[] } = {},
): Ingress {
  const { names = ['feed'], ...rest } = options;
  return new Ingress({
    sources: names.map((name) => ingressSourceOf(name, { format: 'ticks' })),
    intervals: [parseInterval('1s')],
    grace: 250 * MS,
    stale: 30_000 * MS,
    capacity: 1_000,
    overflow: 'error',
    ...rest,
  });
}

/** Frame of a tick: times in milliseconds after START. */
export const tick = (symbol: string, ms: number, id?: number): string =>
  JSON.stringify({
    symbol,
    time: START + ms * MS,
    price: 1,
    size: 1,
    ...(id === undefined ? {} : { id }),
  });

/** Something that a source delivers, and how much the coordinator takes after it. */
interface Step {
  readonly gap: number;
  readonly lag: number;
  readonly symbol: string;
  readonly kind: 'tick' | 'bad' | 'other' | 'bytes' | 'ahead' | 'open' | 'close';
  readonly id: number;
  readonly source: number;
  readonly take: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  gap: fc.nat(400),
  lag: fc.oneof(fc.nat(50), fc.nat(2_500)),
  symbol: fc.constantFrom('A', 'B', 'C'),
  kind: fc.oneof(
    { weight: 14, arbitrary: fc.constant('tick' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('bad', 'other', 'bytes', 'ahead', 'open', 'close'),
    },
  ),
  id: fc.nat(3),
  source: fc.nat(1),
  take: fc.nat(4),
});

/** Sessions of two sources with duplicates, gaps, late and early rows, damaged frames and cuts. */
export const SESSIONS = fc.array(step, { maxLength: 200 });
export const POLICIES = fc.constantFrom<Overflow>('dropOldest', 'dropLatest', 'conflate');

type Received = Extract<RecordingEntry, { kind: 'frame' | 'bytes' | 'open' | 'close' }>;

interface Delivery {
  readonly at: number;
  readonly source: number;
  readonly entry: Received;
  readonly take: number;
}

const textFrame = (text: string): Received => ({ kind: 'frame', text });

/** What is delivered; ids rise by 0 to 3. */
export function deliveriesOf(steps: readonly Step[]): Delivery[] {
  let ms = 0;
  const ids = new Map<string, number>();
  return steps.map(({ gap, lag, symbol, kind, id, source, take }) => {
    ms += gap;
    const key = `${source}${symbol}`;
    ids.set(key, (ids.get(key) ?? 0) + id);
    const entries: Record<Step['kind'], () => Received> = {
      tick: () => textFrame(tick(symbol, ms - lag, ids.get(key))),
      ahead: () => textFrame(tick(symbol, ms + 9_000, ids.get(key))),
      bad: () => textFrame('{"symbol":\n#'),
      other: () => textFrame('{"pong":1}'),
      bytes: () => ({ kind: 'bytes' }),
      open: () => ({ kind: 'open' }),
      close: () => ({ kind: 'close', reason: 'cut' }),
    };
    return { at: START + ms * MS, source, entry: entries[kind](), take };
  });
}

/** Plays a session; calls `onStep` with what the coordinator takes after each delivery. */
export function playSession(
  ingress: Ingress,
  steps: readonly Step[],
  onStep: (batches: readonly LiveBatch[], delivery: Delivery) => void,
): void {
  for (const delivery of deliveriesOf(steps)) {
    const { at, source, entry, take } = delivery;
    if (entry.kind === 'frame') ingress.frame(source, at, entry.text);
    else if (entry.kind === 'bytes') ingress.binary(source, at);
    else if (entry.kind === 'open') ingress.opened(source, at);
    else ingress.closed(source, at, entry.reason);
    const batches: LiveBatch[] = [];
    for (let i = 0; i < take; i += 1) {
      const batch = ingress.take(2);
      if (batch !== undefined) batches.push(batch);
    }
    onStep(batches, delivery);
  }
}
