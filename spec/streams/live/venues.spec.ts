import { OptionError } from '../../../operators';
import { venueSource } from '../../../streams/live/venues';

describe('a venue’s streams', () => {
  test('are in the address of Binance', () => {
    expect(venueSource('binance:BTCUSDT,ethusdt@aggTrade')).toEqual({
      kind: 'web-socket',
      name: 'binance:BTCUSDT,ethusdt@aggTrade',
      url: 'wss://stream.binance.com:9443/stream?streams=btcusdt@trade/ethusdt@aggTrade',
      subscribe: [],
      reading: { format: 'binance-frames' },
    });
  });

  test('are subscribed to at Coinbase, a text for each channel', () => {
    const source = venueSource('coinbase:BTC-USD,ETH-USD,BTC-USD@ticker');
    expect(source?.subscribe.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'subscribe', product_ids: ['BTC-USD', 'ETH-USD'], channels: ['matches'] },
      { type: 'subscribe', product_ids: ['BTC-USD'], channels: ['ticker'] },
    ]);
  });

  test('are subscribed to at Kraken without a snapshot of older trades', () => {
    const source = venueSource('kraken:BTC/USD', { url: 'ws://localhost:1/' });
    expect(source?.url).toBe('ws://localhost:1/v2');
    expect(source?.subscribe.map((text) => JSON.parse(text) as unknown)).toEqual([
      { method: 'subscribe', params: { channel: 'trade', symbol: ['BTC/USD'], snapshot: false } },
    ]);
  });

  test.each([
    ['ws://localhost:1', 'ws://localhost:1/stream?streams=a@trade'],
    ['ws://localhost:1/proxy?to=binance', 'ws://localhost:1/proxy?to=binance'],
  ])('are asked of another server, %s', (url, expected) => {
    expect(venueSource('binance:a', { url })?.url).toBe(expected);
  });

  test('are asked of an address', () => {
    expect(() => venueSource('binance:a', { url: 'localhost' })).toThrow(OptionError);
  });

  test('are quotes where all channels have quotes', () => {
    expect(venueSource('binance:a@bookTicker')?.reading.price).toBe('mid');
    expect(venueSource('binance:a@bookTicker,a@trade')?.reading.price).toBeUndefined();
  });

  test.each(['binance:', 'kraken:"x"', 'coinbase:a,,b', 'binance:a?b'])('%j are none', (text) => {
    expect(() => venueSource(text)).toThrow(OptionError);
  });

  test.each(['rec.gz', 'ws://x', 'C:\\rec.gz', '-'])('%j is of no venue', (text) => {
    expect(venueSource(text)).toBeUndefined();
  });
});
