import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { live } from '../../../src/live';
import type { Report } from '../../../src/report';
import type { Bar } from '../../../streams';
import { recording, webSocket } from '../../../streams/live/sources';
import { describeWithSharedData } from '../../support/sharedData';
import { repetitions } from '../../support/properties';
import { FeedServer, wait } from './support/feedServer';
import { recordedTrades } from './support/recordedFrames';

/** A generator of numbers from 0 to 1 that a seed determines. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What the server did: the only truth about what was lost. */
interface Ledger {
  /** Of each symbol, ids in the order in which they were sent to somebody. */
  readonly sent: Map<string, number[]>;
  resent: number;
  bad: number;
}

/** Plays trades at ten times their pace, stamped anew, with every fault that a venue is known for. */
async function playWithFaults(server: FeedServer, seed: number, frames: number): Promise<Ledger> {
  const random = randomOf(seed);
  const ledger: Ledger = { sent: new Map(), resent: 0, bad: 0 };
  const trades = recordedTrades(['btcusdt', 'ethusdt'], frames);
  const cuts = new Set([Math.floor(frames * 0.3), Math.floor(frames * 0.65)]);
  const faults = new Set(Array.from({ length: 6 }, () => Math.floor(random() * frames)));
  const tooLong = Math.floor(frames * 0.8);
  let earlier: string[] = [];
  const began = performance.now();
  const send = (text: string): void => {
    const { s, t } = (JSON.parse(text) as { data: { s: string; t: number } }).data;
    if (!server.send(text)) return;
    const ids = ledger.sent.get(s) ?? [];
    const isResent = ids.includes(t);
    if (isResent) ledger.resent += 1;
    else ledger.sent.set(s, [...ids, t]);
  };
  for (const [i, { ms, text }] of trades.entries()) {
    const ahead = ms / 10 - (performance.now() - began);
    if (ahead > 2) await wait(ahead);
    if (cuts.has(i)) {
      server.handshakeMs = 300;
      server.cut();
      earlier = [];
    }
    if (i === tooLong && server.send('x'.repeat(10 * 1024 * 1024))) await wait(100);
    if (faults.has(i) && server.client?.readyState === 1) {
      ledger.bad += 2;
      server.send(text.slice(0, Math.floor(random() * 60)));
      server.send(Buffer.from([1, 2, 3]));
    }
    const fresh = text.replace(/"T":\d+/, `"T":${Date.now()}`);
    send(fresh);
    earlier = [...earlier.slice(-20), fresh];
    // Some are sent twice, as venues do after a reconnect.
    if (random() < 0.01) for (const again of earlier.slice(-3)) send(again);
  }
  return ledger;
}

/** Ids that were sent to nobody, between the first and the last one that was sent. */
const missingOf = ({ sent }: Ledger): number =>
  [...sent.values()].reduce((sum, ids) => {
    const [first = 0] = ids;
    return sum + Math.max(...ids) - first + 1 - ids.length;
  }, 0);

function expectConserved({ bars, feed }: Report): void {
  const counted = [
    'late',
    'duplicate',
    'implausible',
    'dropped',
    'bad',
    'other',
    'discarded',
  ] as const;
  const lost = counted.reduce((sum, name) => sum + Number(feed?.[name]), 0);
  expect(Number(feed?.received)).toBe(Number(bars.ticks) + lost);
}

describeWithSharedData('a session with faults', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer faulty '));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const seeds = Array.from({ length: repetitions(1).numRuns }, (_, i) => i + 1);

  test.each(seeds)(
    'is counted as the server has it, and its recording gives the same (seed %d)',
    async (seed) => {
      const server = await FeedServer.open();
      const record = join(folder, `session ${seed}.gz`);
      const source = webSocket(server.url, { format: 'binance-frames', name: 'venue' });
      const bars: Bar[] = [];
      const options = { bars: '1s', derive: ['5s'], grace: 20 };
      const run = live(source, { ...options, record });
      run.bars$.subscribe((bar) => bars.push(bar));
      run.start();
      await server.connected();
      const ledger = await playWithFaults(server, seed, 3_000);
      await wait(1_200);
      run.stop();
      const report = await run.done;
      await server.close();

      expect(report.run.outcome).toBe('stopped');
      expect(report.feed).toMatchObject({
        missing: String(missingOf(ledger)),
        duplicate: String(ledger.resent),
        bad: String(ledger.bad),
        dropped: '0',
      });
      expect(Number(report.feed?.reconnects)).toBeGreaterThanOrEqual(2);
      expectConserved(report);

      const again: Bar[] = [];
      const replayed = live(recording(record), { ...options, time: 'simulated' });
      replayed.bars$.subscribe((bar) => again.push(bar));
      const second = await replayed.start().done;
      expect(again).toEqual(bars);
      expect(bars.length).toBeGreaterThan(4);
      expect(second.feed).toEqual(report.feed);
    },
    120_000,
  );
});
