import { OptionError } from '../../operators';
import type { PriceOfQuotes } from './decoders/frameDecoder';
import type { FrameFormat } from './decoders/layouts';
import type { WebSocketSource } from './liveSource';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import type { OptionNames } from '../../operators/kernel/optionNames';

/** A venue: an address, what to send to it, and how its frames are read. */
interface Venue {
  readonly name: string;
  /** `{streams}` stands for all streams. */
  readonly url: string;
  /** What a stream is in the address, and what stands between two. */
  readonly stream?: { readonly text: string; readonly between: string };
  /** Sent once a channel: `{symbols}` stands for an array of JSON, `{channel}` for the channel's name. */
  readonly subscribe?: string;
  readonly format: FrameFormat;
  /** Of a stream that names none. */
  readonly channel: string;
  /** Channels whose rows are quotes. */
  readonly quotes: readonly string[];
}

/** Venues whose public streams need no key. Symbols are written as the venue writes them. */
export const VENUES: readonly Venue[] = [
  {
    name: 'binance',
    url: 'wss://stream.binance.com:9443/stream?streams={streams}',
    stream: { text: '{symbol}@{channel}', between: '/' },
    format: 'binance-frames',
    channel: 'trade',
    quotes: ['bookTicker'],
  },
  {
    name: 'coinbase',
    url: 'wss://ws-feed.exchange.coinbase.com',
    subscribe: '{"type":"subscribe","product_ids":{symbols},"channels":["{channel}"]}',
    format: 'coinbase-frames',
    channel: 'matches',
    quotes: ['ticker'],
  },
  {
    name: 'kraken',
    url: 'wss://ws.kraken.com/v2',
    subscribe:
      '{"method":"subscribe","params":{"channel":"{channel}","symbol":{symbols},"snapshot":false}}',
    format: 'kraken-frames',
    channel: 'trade',
    quotes: ['ticker'],
  },
];

/** A symbol goes into an address and into JSON: it has nothing that would mean something there. */
const STREAM = /^([\w./-]+?)(?:@([\w@]+))?$/;

export interface VenueOptions {
  /** Connect here and not to the venue's own server; without a path, to the venue's path on it. */
  readonly url?: string | undefined;
  readonly price?: PriceOfQuotes | undefined;
}

const VENUE_OPTIONS: OptionNames<VenueOptions> = { url: true, price: true };

/**
 * The source that `VENUE:SYMBOL@CHANNEL,…` stands for; undefined where that is no venue's name.
 * Throws an `OptionError` where the streams make no sense.
 */
export function venueSource(text: string, options: VenueOptions = {}): WebSocketSource | undefined {
  checkOptionNames('venueSource', options, VENUE_OPTIONS);
  const [, name, list = ''] = /^([a-z]+):(.*)$/.exec(text) ?? [];
  const venue = VENUES.find((each) => each.name === name);
  if (venue === undefined) return undefined;
  const streams = list.split(',').map((stream) => {
    const [, symbol, channel = venue.channel] = STREAM.exec(stream) ?? [];
    if (symbol !== undefined) return { symbol, channel };
    throw new OptionError(
      'feeds',
      text,
      `streams such as ${venue.name}:SYMBOL@${venue.channel}, separated by commas`,
    );
  });
  const isOfQuotes = streams.every(({ channel }) => venue.quotes.includes(channel));
  const price = options.price ?? (isOfQuotes ? 'mid' : undefined);
  return {
    kind: 'web-socket',
    name: text,
    url: atServer(options.url, urlOf(venue, streams)),
    subscribe: subscriptionsOf(venue, streams),
    reading: { format: venue.format, ...(price === undefined ? {} : { price }) },
  };
}

interface Stream {
  readonly symbol: string;
  readonly channel: string;
}

function urlOf({ url, stream }: Venue, streams: readonly Stream[]): string {
  if (stream === undefined) return url;
  const texts = streams.map(({ symbol, channel }) =>
    stream.text.replace('{symbol}', symbol.toLowerCase()).replace('{channel}', channel),
  );
  return url.replace('{streams}', texts.join(stream.between));
}

/** An address at another server. */
function atServer(url: string | undefined, own: string): string {
  if (url === undefined) return own;
  if (!URL.canParse(url)) throw new OptionError('url', url, 'an address with ws:// or wss://');
  const { protocol, host, pathname, search } = new URL(url);
  if (pathname !== '/' || search !== '') return url;
  return own.replace(/^wss:\/\/[^/]+/, `${protocol}//${host}`);
}

function subscriptionsOf({ subscribe }: Venue, streams: readonly Stream[]): string[] {
  if (subscribe === undefined) return [];
  const channels = [...new Set(streams.map(({ channel }) => channel))];
  return channels.map((name) => {
    const symbols = streams.filter(({ channel }) => channel === name).map(({ symbol }) => symbol);
    return subscribe.replace('{channel}', name).replace('{symbols}', JSON.stringify(symbols));
  });
}
