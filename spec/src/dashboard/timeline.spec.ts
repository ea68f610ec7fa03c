import { heatOf } from '../../../src/dashboard/heat';
import { seriesOf } from '../../../src/dashboard/series';
import { thinned, Timeline } from '../../../src/dashboard/timeline';
import { foldJournal } from '../../../src/journal';
import { entriesOf, folder, header, minute } from '../journal/given';
import { FIRST, SECOND } from '../metrics/given';
import { backlog, followed, hostileRun } from './given';

const path = folder();
const SYMBOLS = Array.from({ length: 60 }, (_, i) => `S${i}`);
const total = (column: readonly number[] | undefined): number =>
  (column ?? []).reduce((sum, value) => sum + value, 0);

describe('a timeline', () => {
  it.each([
    ['whose stages keep up', hostileRun(20)],
    ['whose analysis ends its windows long after the others', backlog(20)],
    ['of stages that skip windows', backlog(20, 3)],
  ])('has everything due by the end of every window, of a run %s', async (_kind, events) => {
    const { timeline } = await followed(path('fold.ndjson'), events);
    expect(timeline.marks).toHaveLength(20);
    for (const { seq, wall, state, to } of timeline.marks) {
      const folded = await foldJournal(path('fold.ndjson'), { at: { market: to / 1000 } });
      expect(state).toEqual(folded.state);
      expect([seq, wall]).toEqual([folded.seq, folded.wall]);
    }
    expect(timeline.state).toEqual((await foldJournal(path('fold.ndjson'))).state);
  });

  it('charges the work of a backlog to the windows in which it was due', async () => {
    const { timeline } = await followed(path('backlog.ndjson'), backlog(6));
    const { edges, stages } = seriesOf(timeline.marks);
    expect(edges[SECOND]?.latenessP99).toEqual(
      [1, 2, 3, 4, 5, 6].map((ms) => expect.closeTo(ms, 1) as number),
    );
    expect(stages['analysis']?.busy).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('says which windows changed since a reader looked', async () => {
    await followed(path('changed.ndjson'), backlog(6));
    const entries = await entriesOf(path('changed.ndjson'));
    const timeline = new Timeline(header());
    timeline.add(entries.slice(0, -9));
    const { version } = timeline;
    expect([timeline.changedSince(-1), timeline.changedSince(version)]).toEqual([0, 6]);
    timeline.add(entries.slice(-9));
    expect(timeline.changedSince(version)).toBe(4);
  });

  it('finds the last window that ends by a market time', async () => {
    const { timeline } = await followed(path('find.ndjson'), hostileRun(5));
    const [first, second] = timeline.marks;
    expect(timeline.markAt(minute(0))).toBeUndefined();
    expect(timeline.markAt(minute(1))).toBe(first);
    expect(timeline.markAt(minute(2) - 1)).toBe(first);
    expect(timeline.markAt(minute(2))).toBe(second);
    expect(timeline.markAt(minute(99))).toBe(timeline.marks.at(-1));
  });

  it('is the same however the journal is cut into pieces', async () => {
    const { timeline } = await followed(path('cut.ndjson'), hostileRun(7));
    const cut = new Timeline(header());
    for (const entry of await entriesOf(path('cut.ndjson'))) cut.add([entry]);
    expect(cut.marks).toEqual(timeline.marks);
  });

  it('has columns that add up to the counts of the run', async () => {
    const { timeline } = await followed(path('sum.ndjson'), hostileRun(20, SYMBOLS));
    const { edges, seq, to } = seriesOf(timeline.marks);
    for (const [name, edge] of Object.entries(timeline.state.edges)) {
      for (const counter of ['delivered', 'burst', 'behind', 'dropped'] as const) {
        expect(total(edges[name]?.[counter])).toBe(Number(edge[counter]));
      }
    }
    expect([seq.length, to[0]]).toEqual([20, minute(1) / 1000]);
  });

  it('has the p99 lateness and the busy share of each window', async () => {
    const { timeline } = await followed(path('late.ndjson'), hostileRun(4));
    const { edges, stages } = seriesOf(timeline.marks);
    expect(edges[SECOND]?.latenessP99).toEqual(
      [1, 2, 3, 4].map((ms) => expect.closeTo(ms, 1) as number),
    );
    expect(edges[FIRST]?.latenessP99).toEqual([0, 0, 0, 0]);
    expect(stages['analysis']?.busy).toEqual([0.9, 0.9, 0.9, 0.9]);
  });

  it('has later columns alone where they are asked for', async () => {
    const { timeline } = await followed(path('from.ndjson'), hostileRun(9));
    const all = seriesOf(timeline.marks);
    const some = seriesOf(timeline.marks, 6);
    expect([some.first, some.seq]).toEqual([6, all.seq.slice(6)]);
    expect(some.edges[SECOND]?.behind).toEqual(all.edges[SECOND]?.behind.slice(6));
  });

  it.each([
    ['whose stages keep up', hostileRun(25)],
    ['with a backlog', backlog(25)],
  ])(
    'makes one window of two where there are too many, and stays exact, of a run %s',
    async (_kind, events) => {
      const { timeline } = await followed(path('thin.ndjson'), events);
      const small = new Timeline(header(), 10);
      small.add(await entriesOf(path('thin.ndjson')));
      expect(small.marks.length).toBeLessThanOrEqual(10);
      const states = new Map(timeline.marks.map(({ to, state }) => [to, state]));
      for (const { to, state } of small.marks) expect(state).toEqual(states.get(to));
      const { edges } = seriesOf(small.marks);
      expect(total(edges[SECOND]?.behind)).toBe(Number(timeline.state.edges[SECOND]?.behind));
    },
  );

  it('keeps the last window and the largest p99 when it is made smaller', async () => {
    const { timeline } = await followed(path('less.ndjson'), hostileRun(10));
    const marks = thinned(timeline.marks, 4);
    expect(marks).toHaveLength(4);
    expect(marks.at(-1)?.seq).toBe(timeline.marks.at(-1)?.seq);
    expect(marks.at(-1)?.latenessP99[SECOND]).toBeCloseTo(10, 0);
  });
});

describe('a heat map', () => {
  it('adds up to the edge, over 50 symbols and the others', async () => {
    const { timeline } = await followed(path('heat.ndjson'), hostileRun(30, SYMBOLS));
    const heat = heatOf(timeline.marks, SECOND);
    expect(heat.symbols).toHaveLength(50);
    expect(heat.behind).toHaveLength(51);
    expect(total(heat.behind.map(total))).toBe(Number(timeline.state.edges[SECOND]?.behind));
    expect(total(heat.delivered.map(total))).toBe(Number(timeline.state.edges[SECOND]?.delivered));
    expect(total(heat.delivered.at(-1))).toBe(10 * 30 * 4);
  });

  it('has no more columns than a screen has room for', async () => {
    const { timeline } = await followed(path('wide.ndjson'), hostileRun(500));
    expect(heatOf(timeline.marks, SECOND).to.length).toBeLessThanOrEqual(120);
  });

  it('is empty before the first window', () => {
    const { symbols, behind } = heatOf([], SECOND);
    expect([symbols, behind]).toEqual([[], [[]]]);
  });
});
