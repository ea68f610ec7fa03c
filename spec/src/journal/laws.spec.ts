import { rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import { checkpointOf, foldIn, foldJournal, record } from '../../../src/journal';
import { initialState, metricsStore, reduce } from '../../../src/metrics';
import type { MetricsState } from '../../../src/metrics';
import { buildReport } from '../../../src/report';
import type { PipelineEvent } from '../../../streams/events';
import { repetitions } from '../../support/properties';
import { pipelineEvents } from '../metrics/arbitraryEvents';
import { finished, fold, started } from '../metrics/given';
import { entriesOf, folder, journalFile, journalText } from './given';

const path = folder();
const runs = fc
  .array(pipelineEvents, { minLength: 1, maxLength: 60 })
  .map((events): PipelineEvent[] => [started(), ...events, finished()]);

describe('the journal', () => {
  it('at any prefix: the report equals the live one as it stood then', async () => {
    await fc.assert(
      fc.asyncProperty(runs, fc.nat(), async (events, chance) => {
        const source = new Subject<PipelineEvent>();
        const store = metricsStore(source);
        const live: MetricsState[] = [initialState];
        store.events$.subscribe(() => live.push(store.state()));
        const file = path('live.ndjson');
        rmSync(file, { force: true });
        const { closed } = record(
          { id: 'run-1', events$: store.events$, hold: () => () => undefined },
          { path: file, directory: path('.') },
        );
        for (const event of events) source.next(event);
        source.complete();
        await closed;
        const seq = chance % (events.length + 1);
        const then = await foldJournal(file, { at: { seq } });
        expect(then.seq).toBe(seq);
        expect(then.state).toEqual(live[seq]);
        expect(buildReport(then.state)).toEqual(buildReport(live[seq] as MetricsState));
        expect((await foldJournal(file)).state).toEqual(store.state());
      }),
      repetitions(60),
    );
  }, 60_000);

  it('from a checkpoint on: the fold is the same as from the beginning', async () => {
    await fc.assert(
      fc.asyncProperty(runs, fc.nat(), async (events, chance) => {
        const text = journalText(events);
        const lines = text.split('\n');
        const file = path('checkpoint.ndjson');
        const written = (chance % events.length) + 1;
        writeFileSync(file, lines.slice(0, written + 1).join('\n') + '\n');
        const saved = checkpointOf(await foldJournal(file));
        writeFileSync(file, text);
        const resumed = foldIn(saved);
        expect(resumed.state).toEqual(fold(events.slice(0, written)));
        expect(Object.isFrozen(resumed.state.edges)).toBe(true);
        const whole = await foldJournal(file);
        const { state, seq, wall } = await foldJournal(file, { from: resumed });
        expect({ state, seq, wall }).toEqual({
          state: fold(events),
          seq: events.length,
          wall: whole.wall,
        });
      }),
      repetitions(60),
    );
  }, 60_000);

  it('of two workers: the totals are the same in any interleaving that keeps the order of each', async () => {
    // Who is in which mode, and which window an arrival falls into, is for one order to say.
    const worker = fc.array(
      pipelineEvents.filter(({ type }) => !['mode', 'speed', 'window'].includes(type)),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(
        worker,
        worker,
        fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        async (left, right, choices) => {
          const one = await entriesOf(journalFile(path('one.ndjson'), left));
          const other = await entriesOf(journalFile(path('other.ndjson'), right));
          const merged: PipelineEvent[] = [];
          for (const first of choices) {
            const entry = (first ? one : other).shift() ?? (first ? other : one).shift();
            if (entry !== undefined) merged.push(entry.event);
          }
          expect(merged).toHaveLength(left.length + right.length);
          const state = merged.reduce(reduce, initialState);
          expect(totals(state)).toEqual(totals(fold([...left, ...right])));
        },
      ),
      repetitions(100),
    );
  }, 60_000);
});

/** All that is a sum, an extreme, a set or a histogram; the phase is whatever came last. */
const totals = ({ run: _run, edges, ...state }: MetricsState) => ({
  ...state,
  edges: Object.entries(edges).map(([name, { firstPressed, ...edge }]) => [
    name,
    { ...edge, firstPressed: new Set(firstPressed) },
  ]),
});

describe('a checkpoint', () => {
  it('keeps counters beyond 2^53 exact, as decimal digits', () => {
    const state = { ...initialState, signals: 2n ** 63n - 1n };
    const text = checkpointOf({ state, seq: 1, wall: 2 });
    expect(text).toContain('"signals":"9223372036854775807"');
    expect(foldIn(text)).toEqual({ state, seq: 1, wall: 2 });
  });

  it.each(['', '{}', '{"type":"checkpoint","schema":2}'])('is not %j', (text) => {
    expect(() => foldIn(text)).toThrow(/not a checkpoint of schema 6/);
  });
});
