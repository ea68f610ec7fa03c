import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { live } from '../../../src/live';
import type { Report } from '../../../src/report';
import type { Bar } from '../../../streams';
import { recording, webSocket } from '../../../streams/live/sources';
import { describeWithSharedData } from '../../support/sharedData';
import { randomOf, repetitions, SEED } from '../../faults/moments';
import { FeedServer, wait } from './support/feedServer';
import { expectNoLeftovers } from './support/leftovers';
import { recordedTrades } from './support/recordedFrames';
import type { RecordedFrame } from './support/recordedFrames';

/** How much faster than they were recorded the trades are played: as they were where all is repeated. */
const PACE = repetitions(10, 1);
/** Milliseconds without a frame that a stalled venue is given. */
const STALE = 3_000;

/** What the server did: the only truth about what was lost. */
interface Ledger {
  /** Of each symbol, ids in the order in which they were sent to somebody. */
  readonly sent: Map<string, number[]>;
  resent: number;
  /** Sent after a later one of its symbol: it counts as missing there, and as a duplicate when it comes. */
  swapped: number;
  bad: number;
}

/** Plays trades, stamped anew, with every fault that a venue is known for. */
async function playWithFaults(server: FeedServer, seed: number, frames: number): Promise<Ledger> {
  const random = randomOf(seed);
  const ledger: Ledger = { sent: new Map(), resent: 0, swapped: 0, bad: 0 };
  const trades = swapped(recordedTrades(['btcusdt', 'ethusdt'], frames), random);
  const cuts = new Set([Math.floor(frames * 0.3), Math.floor(frames * 0.65)]);
  const faults = new Set(Array.from({ length: 6 }, () => Math.floor(random() * frames)));
  const tooLong = Math.floor(frames * 0.8);
  const stall = Math.floor(frames * 0.5);
  let earlier: string[] = [];
  let began = performance.now();
  const send = (text: string): void => {
    const { s, t } = (JSON.parse(text) as { data: { s: string; t: number } }).data;
    if (!server.send(text)) return;
    const ids = ledger.sent.get(s) ?? [];
    const isResent = ids.includes(t);
    if (isResent) ledger.resent += 1;
    else if (t < (ids.at(-1) ?? -1)) ledger.swapped += 1;
    else ledger.sent.set(s, [...ids, t]);
  };
  for (const [i, { ms, text }] of trades.entries()) {
    const ahead = ms / PACE - (performance.now() - began);
    if (ahead > 2) await wait(ahead);
    if (cuts.has(i)) {
      server.handshakeMs = 300;
      server.cut();
      earlier = [];
    }
    if (i === stall) {
      // Connected, and silent until the client has had enough.
      const { connections } = server;
      const since = performance.now();
      while (server.connections === connections) await wait(20);
      began += performance.now() - since;
    }
    // What is sent while the client leaves would be lost without the server's knowledge.
    if (i === tooLong && server.send('x'.repeat(10 * 1024 * 1024))) {
      while (server.client !== undefined) await wait(5);
    }
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

/** Now and then two neighbors have changed places. */
function swapped(frames: readonly RecordedFrame[], random: () => number): RecordedFrame[] {
  const all = [...frames];
  for (let i = 1; i < all.length; i += 1) {
    if (random() > 0.01) continue;
    const [one, other] = [all[i - 1], all[i]] as [RecordedFrame, RecordedFrame];
    all[i - 1] = { ...one, text: other.text };
    all[i] = { ...other, text: one.text };
    i += 1;
  }
  return all;
}

/** Ids that were not sent in their turn, between the first and the last one that was sent. */
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
  const seeds = Array.from({ length: repetitions(1, 20) }, (_, i) => SEED + i);
  expectNoLeftovers();

  test.each(seeds)(
    'is counted as the server has it, and its recording gives the same (seed %d)',
    async (seed) => {
      const server = await FeedServer.open();
      const record = join(folder, `session ${seed}.gz`);
      const source = webSocket(server.url, { format: 'binance-frames', name: 'venue' });
      const bars: Bar[] = [];
      const options = { bars: '1s', derive: ['5s'], grace: 20, stale: STALE };
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
        duplicate: String(ledger.resent + ledger.swapped),
        bad: String(ledger.bad),
        dropped: '0',
      });
      // Two cuts, a stall and a frame that is too long, if a connection was there for it.
      expect(Number(report.feed?.reconnects)).toBeGreaterThanOrEqual(3);
      expect(ledger.swapped).toBeGreaterThan(0);
      expectConserved(report);

      const again: Bar[] = [];
      const replayed = live(recording(record), { ...options, time: 'simulated' });
      replayed.bars$.subscribe((bar) => again.push(bar));
      const second = await replayed.start().done;
      expect(again).toEqual(bars);
      expect(bars.length).toBeGreaterThan(4);
      expect(second.feed).toEqual(report.feed);
    },
    600_000,
  );
});
