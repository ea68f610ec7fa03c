// examples/liveClients.ts
import { EventEmitter, on } from 'node:events';
import { live } from 'barometer';
import { fromAsyncIterable } from 'barometer/sources';

/** ccxt: an exchange of `ccxt.pro`. It merges and resends trades, so its ids are not passed on: no gaps are claimed. */
interface Exchange {
  watchTrades(
    symbol: string,
  ): Promise<readonly { timestamp?: number; price: number; amount?: number }[]>;
}

async function* ofCcxt(exchange: Exchange, symbol: string) {
  for (;;) {
    for (const { timestamp = Date.now(), price, amount = 0 } of await exchange.watchTrades(symbol))
      yield { symbol, time: timestamp * 1000, price, size: amount };
  }
}

/** tardis-dev: what `streamNormalized({ exchange, symbols }, normalizeTrades)` gives. */
type TardisMessage =
  | { type: 'trade'; symbol: string; price: number; amount: number; timestamp: Date }
  | { type: 'disconnect' };

async function* ofTardis(messages: AsyncIterable<TardisMessage>) {
  for await (const message of messages) {
    if (message.type !== 'trade') continue;
    const { symbol, price, amount, timestamp } = message;
    yield { symbol, time: timestamp.getTime() * 1000, price, size: amount };
  }
}

/** Server-sent events: `new EventSource(url)`, with a trade an event. */
async function* ofEventSource(source: EventTarget & { close(): void }) {
  try {
    for await (const [event] of on(source as never, 'message')) {
      const { data } = event as { data: string };
      const trade = JSON.parse(data) as { symbol: string; ms: number; price: number; id: number };
      yield { symbol: trade.symbol, time: trade.ms * 1000, price: trade.price, id: trade.id };
    }
  } finally {
    source.close();
  }
}

/** kafkajs: a consumer that is subscribed, with a trade a message. Offsets are a partition's, no ids of a symbol. */
interface KafkaMessage {
  key: Buffer | null;
  value: Buffer | null;
  timestamp: string;
}
interface Consumer {
  run(config: { eachMessage: (payload: { message: KafkaMessage }) => Promise<void> }): unknown;
  disconnect(): Promise<void>;
}

async function* ofKafka(consumer: Consumer) {
  const messages = new EventEmitter();
  const trades = on(messages, 'message');
  await consumer.run({
    eachMessage: ({ message }) => Promise.resolve(void messages.emit('message', message)),
  });
  try {
    for await (const [message] of trades) {
      const { key, value, timestamp } = message as KafkaMessage;
      const { price, size } = JSON.parse(String(value)) as { price: number; size: number };
      yield { symbol: String(key), time: Number(timestamp) * 1000, price, size };
    }
  } finally {
    await consumer.disconnect();
  }
}

// From here on, what stands for the four libraries: three trades of each.
const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

let calls = 0;
const exchange: Exchange = {
  watchTrades: () => {
    calls += 1;
    const trade = { timestamp: Date.now(), price: 60_000, amount: 0.1 };
    if (calls > 2) return new Promise(() => undefined);
    return Promise.resolve(calls === 1 ? [trade, trade] : [trade]);
  },
};

async function* streamNormalized(): AsyncGenerator<TardisMessage> {
  for (const price of [100, 101, 102]) {
    yield { type: 'trade', symbol: 'XBTUSD', price, amount: 5, timestamp: new Date() };
    await pause();
  }
  yield { type: 'disconnect' };
}

class Source extends EventTarget {
  #isClosed = false;

  constructor() {
    super();
    void this.#send();
  }

  async #send(): Promise<void> {
    for (const id of [7, 8, 10]) {
      await pause();
      if (this.#isClosed) return;
      const data = JSON.stringify({ symbol: 'ACME', ms: Date.now(), price: 10, id });
      this.dispatchEvent(Object.assign(new Event('message'), { data }));
    }
  }

  close(): void {
    this.#isClosed = true;
  }
}

const consumer: Consumer = {
  run: async ({ eachMessage }) => {
    const value = Buffer.from('{"price": 10, "size": 2}');
    const message = { key: Buffer.from('ACME'), value, timestamp: String(Date.now()) };
    for (let i = 0; i < 3; i += 1) await eachMessage({ message });
  },
  disconnect: () => Promise.resolve(),
};

const run = live(
  [
    fromAsyncIterable(ofCcxt(exchange, 'BTC/USDT'), 'ccxt'),
    fromAsyncIterable(ofTardis(streamNormalized()), 'tardis'),
    fromAsyncIterable(ofEventSource(new Source()), 'events'),
    fromAsyncIterable(ofKafka(consumer), 'kafka'),
  ],
  { bars: 'tick' },
);
let bars = 0;
run.bars$.subscribe(() => {
  bars += 1;
  if (bars === 12) run.stop();
});
void run.start().done.then(({ feed }) => {
  for (const [name, { received, missing }] of Object.entries(feed?.bySource ?? {})) {
    console.log(`${name}: ${received} received, ${missing} missing`);
  }
});

// prints:
// ccxt: 3 received, 0 missing
// tardis: 3 received, 0 missing
// events: 3 received, 1 missing
// kafka: 3 received, 0 missing
