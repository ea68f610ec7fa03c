import { OptionError } from '../../operators';
import type { Observable } from 'rxjs';
import type { Tick } from '../bars/bar';
import type { PriceOfQuotes } from './decoders/frameDecoder';
import type { FrameFormat } from './decoders/layouts';
import type { NatsOptions } from '../nats/openNats';
import { publicationOf } from '../nats/rowSubjects';
import type {
  CodeSource,
  NatsSource,
  RecordingSource,
  StdinSource,
  WebSocketSource,
} from './liveSource';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import type { OptionNames } from '../../operators/kernel/optionNames';

export interface FeedOptions {
  /** Shown to people; the address unless given. */
  readonly name?: string;
  /** How frames are read. */
  readonly format: FrameFormat;
  /** Quotes and not trades are rows, reduced to this price. */
  readonly price?: PriceOfQuotes;
}

const FEED_OPTIONS: OptionNames<FeedOptions & { readonly subscribe?: readonly string[] }> = {
  name: true,
  format: true,
  price: true,
  subscribe: true,
};

const readingOf = ({ format, price }: FeedOptions): CodeSource['reading'] => ({
  format,
  ...(price === undefined ? {} : { price }),
});

/**
 * A WebSocket, received in its own thread. It is connected anew whenever it is closed or stale.
 *
 * Throws an `OptionError` where the address makes no sense.
 */
export function webSocket(
  url: string,
  options: FeedOptions & { readonly subscribe?: readonly string[] },
): WebSocketSource {
  checkOptionNames('webSocket', options, FEED_OPTIONS);
  if (!/^wss?:\/\//.test(url)) throw new OptionError('url', url, 'an address with ws:// or wss://');
  const { name = url, subscribe = [] } = options;
  return { kind: 'web-socket', name, url, subscribe, reading: readingOf(options) };
}

/** Frames on the standard input, a line each, received in its own thread. */
export function stdin(options: FeedOptions): StdinSource {
  checkOptionNames('stdin', options, FEED_OPTIONS);
  return { kind: 'stdin', name: options.name ?? 'stdin', reading: readingOf(options) };
}

const NATS_OPTIONS: OptionNames<NatsOptions> = {
  credentials: true,
  certificates: true,
  insecure: true,
};

/**
 * Rows that another run publishes through NATS JetStream, `nats://host/NAME`, or those of some symbols,
 * `nats://host/NAME.SYMBOL,…`. Needs the peers `@nats-io/transport-node` and `@nats-io/jetstream`.
 *
 * Throws an `OptionError` or a `NatsError` where the address makes no sense.
 */
export function natsRows(url: string, access: NatsOptions = {}): NatsSource {
  checkOptionNames('natsRows', access, NATS_OPTIONS);
  const { stream, symbols } = publicationOf(url);
  const name = [stream, ...(symbols.length === 0 ? [] : [symbols.join(',')])].join('.');
  return { kind: 'nats', name, url, access, reading: { format: 'ticks' } };
}

/** A recorded session; `options` where the recording does not say how it is read. */
export function recording(path: string, options: Partial<FeedOptions> = {}): RecordingSource {
  checkOptionNames('recording', options, FEED_OPTIONS);
  const { name = path, format, price } = options;
  return {
    kind: 'recording',
    name,
    path,
    reading: {
      ...(format === undefined ? {} : { format }),
      ...(price === undefined ? {} : { price }),
    },
  };
}

/** A tick that may have an id, which rises by one from tick to tick of a symbol. */
export interface LiveTick extends Tick {
  readonly id?: number;
}

/**
 * Ticks that a client library delivers. They are stamped in the strategies' thread, which cannot receive
 * while it works: counts of backpressure are a lower bound, and the report says so.
 */
export const fromAsyncIterable = (ticks: AsyncIterable<LiveTick>, name = 'ticks'): CodeSource => ({
  kind: 'code',
  name,
  reading: { format: 'ticks' },
  open: (sink) => {
    const iterator = ticks[Symbol.asyncIterator]();
    let isClosed = false;
    const read = async (): Promise<void> => {
      for (;;) {
        const result = await iterator.next();
        if (isClosed) return;
        if (result.done === true) break;
        sink.frame(JSON.stringify(result.value));
      }
    };
    sink.opened();
    read()
      .then(() => {
        sink.closed('its end was reached');
      })
      .catch((error: unknown) => {
        sink.closed(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        sink.ended();
      });
    return () => {
      isClosed = true;
      // Not waited for: what it returns may never settle.
      iterator.return?.().catch(() => undefined);
    };
  },
});

/** The same of an Observable; see `fromAsyncIterable`. */
export const fromObservable = (ticks$: Observable<LiveTick>, name = 'ticks'): CodeSource => ({
  kind: 'code',
  name,
  reading: { format: 'ticks' },
  open: (sink) => {
    sink.opened();
    const subscription = ticks$.subscribe({
      next: (tick) => {
        sink.frame(JSON.stringify(tick));
      },
      error: (error: unknown) => {
        sink.closed(error instanceof Error ? error.message : String(error));
        sink.ended();
      },
      complete: () => {
        sink.closed('its end was reached');
        sink.ended();
      },
    });
    return () => {
      subscription.unsubscribe();
    };
  },
});
