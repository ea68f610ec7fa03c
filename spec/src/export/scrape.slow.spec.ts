import { fromTicks } from '../../../streams/sources';
import { startMetricsServer } from '../../../src/export';
import { record } from '../../../src/journal';
import { replay } from '../../../src/replay';
import { barometer, folder } from '../cli/barometer';
import { ask } from '../server/ask';

const { path } = folder();

/** Two symbols for ten minutes; every fifth second has a burst. */
const ticks = Array.from({ length: 1200 }, (_, i) => ({
  time: (1_700_000_040_000 + i * 500 - (i % 10 === 0 ? 400 : 0)) * 1000,
  symbol: `S${i % 2}`,
  price: 100 + (i % 7),
  size: 1,
}));

describe('a scrape', () => {
  it('is the export of the journal at the same event', async () => {
    const run = replay(fromTicks(ticks), { bars: '1s', derive: ['5s'], speed: 240, time: 'wall' });
    const recording = record(run, { path: path('scraped.ndjson') });
    let events = 0;
    run.events$.subscribe(() => (events += 1));
    /** What was scraped after how many events. */
    const scrapes: { readonly events: number; text: string }[] = [];
    const server = await startMetricsServer({
      address: { host: '127.0.0.1', port: 0 },
      symbols: 1,
      state: () => {
        const state = run.state();
        scrapes.push({ events, text: '' });
        return state;
      },
    });
    const { done } = run.start();
    let isOver = false;
    void done.then(() => (isOver = true));
    while (!isOver) {
      const { body } = await ask(server.address, '/metrics');
      const last = scrapes.at(-1);
      if (last !== undefined) last.text = body.toString();
    }
    await recording.closed;
    await server.close();
    const instants = scrapes.filter(({ events: at }) => at > 0 && at < events);
    expect(new Set(instants.map(({ events: at }) => at)).size).toBeGreaterThan(3);
    const sample = [0.1, 0.4, 0.7, 0.95].map(
      (share) => instants[Math.floor(share * instants.length)],
    );
    for (const scrape of sample) {
      const { code, stdout } = await barometer([
        ...['export', path('scraped.ndjson'), '--at', `seq:${scrape?.events ?? 0}`],
        ...['--export-symbols', '1'],
      ]);
      expect([code, stdout]).toEqual([0, scrape?.text]);
    }
  });
});
