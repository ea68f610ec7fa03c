import { z } from 'zod';
import type { Overflow } from '../../../operators';
import type { Micros } from '../../../streams';
import { FRAME_LAYOUTS, isFrameFormat } from '../../../streams/live/decoders/layouts';
import type { FrameReading, LiveSource } from '../../../streams/live/liveSource';
import { natsRows } from '../../../streams/live/sources';
import { venueSource, VENUES } from '../../../streams/live/venues';
import { isNatsAddress } from '../../../streams/nats/natsAddress';
import type { NatsOptions } from '../../../streams/nats/openNats';
import { option, overflow, time, wholeNumber } from '../options/kinds';
import { natsOptionsOf, natsShape } from '../options/nats';
import { readOptions } from '../options/readOptions';
import { UsageError } from '../usageError';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 60e3, h: 3.6e6, d: 86.4e6 };

/** Milliseconds: `250ms`, `30s`, `1h`. */
const duration = (least: number) =>
  option((text) => {
    const [, count, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim()) ?? [];
    const ms = Number(count) * (UNITS[unit] ?? NaN);
    return ms >= least && ms < Infinity ? ms : undefined;
  }, 'a length of time, such as 250ms, 30s or 1h');

const schema = z.object({
  grace: duration(0).optional(),
  stale: duration(1).optional(),
  for: duration(1).optional(),
  until: time().optional(),
  ingress: wholeNumber(1).optional(),
  ingressOverflow: overflow().optional(),
  record: z.string().min(1, 'must be the name of a file, or none').optional(),
  history: z.array(z.string()).optional(),
  subscribe: z.array(z.string()).optional(),
  url: z.string().optional(),
  publish: z.string().optional(),
  backlog: z.boolean().default(false),
  ...natsShape,
  serviceTimes: z.string().min(1, 'must be a run').optional(),
});

/** What `live` was asked to do, besides what every run is asked. */
export interface LiveRequest {
  readonly grace: number | undefined;
  readonly stale: number | undefined;
  readonly duration: number | undefined;
  readonly until: Micros | undefined;
  readonly ingress: number | undefined;
  readonly ingressOverflow: Overflow | undefined;
  /** A file, or `none`. */
  readonly record: string | undefined;
  readonly history: readonly string[];
  readonly subscribe: readonly string[];
  readonly url: string | undefined;
  /** A publication for the rows of the run. */
  readonly publish: string | undefined;
  /** Whether what was published before is the history. */
  readonly backlog: boolean;
  readonly access: NatsOptions;
  /** A run whose service times are used. */
  readonly serviceTimes: string | undefined;
}

/** Throws a `UsageError`. */
export function readLiveOptions(options: Readonly<Record<string, unknown>>): LiveRequest {
  const read = readOptions(schema, options);
  return {
    grace: read.grace,
    stale: read.stale,
    duration: read.for,
    until: read.until,
    ingress: read.ingress,
    ingressOverflow: read.ingressOverflow,
    record: read.record,
    history: read.history ?? [],
    subscribe: read.subscribe ?? [],
    url: read.url,
    publish: read.publish,
    backlog: read.backlog,
    access: natsOptionsOf(read),
    serviceTimes: read.serviceTimes,
  };
}

interface Reading {
  readonly format: string | undefined;
  readonly price: FrameReading['price'] | undefined;
}

/** The feed that an argument stands for; throws a `UsageError` or an `OptionError`. */
export function feedOf(
  text: string,
  { subscribe, url, access }: Pick<LiveRequest, 'subscribe' | 'url' | 'access'>,
  { format, price }: Reading,
): LiveSource {
  const venue = venueSource(text, { url, price });
  if (venue !== undefined) return venue;
  const priced = price === undefined ? {} : { price };
  if (text === '-') {
    return { kind: 'stdin', name: 'stdin', reading: { format: formatOf(text, format), ...priced } };
  }
  if (isNatsAddress(text)) return natsRows(text, access);
  if (/^wss?:\/\//i.test(text)) {
    checkUrl(text);
    const reading = { format: formatOf(text, format), ...priced };
    return { kind: 'web-socket', name: text, url: text, subscribe, reading };
  }
  const [scheme] = /^[a-z][a-z0-9+.-]+:(?!\\)/i.exec(text) ?? [];
  if (scheme !== undefined && scheme.length > 2) {
    throw new UsageError(
      `${text}: feeds are ${VENUES.map(({ name }) => `${name}:SYMBOL`).join(', ')}, ws://, wss:// and nats:// addresses, - and recordings`,
    );
  }
  return {
    kind: 'recording',
    name: text,
    path: text,
    reading: {
      ...(format === undefined ? {} : { format: formatOf(text, format) }),
      ...priced,
    },
  };
}

function checkUrl(text: string): void {
  try {
    new URL(text);
  } catch {
    throw new UsageError(`${text}: is no address`);
  }
}

function formatOf(feed: string, format: string | undefined): FrameReading['format'] {
  if (format !== undefined && isFrameFormat(format)) return format;
  const known = Object.keys(FRAME_LAYOUTS).join(', ');
  throw new UsageError(
    format === undefined
      ? `${feed}: --format must say how its frames are read: ${known}`
      : `--format ${format}: must be one of ${known}`,
  );
}
