import fc from 'fast-check';
import { renderFrame } from '../../../src/views/renderFrame';
import { unwatched, watchedNext } from '../../../src/views/watched';
import type { Watched } from '../../../src/views/watched';
import type { PipelineEvent } from '../../../streams/events';
import { noTally } from '../../../streams/live/feedTally';
import { header, minute, windows } from '../journal/given';
import { pipelineEvents } from '../metrics/arbitraryEvents';
import { backpressure, delivered, finished, ingested, SECOND, started } from '../metrics/given';
import { windowOf } from '../metrics/given';

const after = (events: readonly PipelineEvent[]): Watched =>
  events.reduce(
    (watched, event, index) => watchedNext(watched, { seq: index + 1, wall: index, event }),
    unwatched(header()),
  );
const wide = { columns: 120, rows: 40 };
const lineOf = (frame: string, name: string): string =>
  frame.split('\n').find((line) => line.startsWith(name)) ?? '';

describe('renderFrame', () => {
  it('shows mode, market time, progress, both edges and all stages', () => {
    const market = ingested({ marketStart: minute(0), marketTime: minute(30), progress: 0.5 });
    const frame = renderFrame(after([started({ speed: 240 }), market]), wide);
    expect(frame).toContain('run-1  running  2 events');
    expect(frame).toContain('clock-driven at speed 240, simulated time | market 2024-08-08T00:30');
    expect(lineOf(frame, 'progress')).toMatch(/█{15} {15} +50% of the input$/);
    for (const name of ['Coordinator→Processor', 'Processor→Analysis']) {
      expect(lineOf(frame, name)).toContain('0 events, perfect');
    }
    for (const name of ['Coordinator busy', 'Data Processor busy', 'Analysis Engine busy']) {
      expect(lineOf(frame, name)).toContain('0%');
    }
  });

  it('draws the course of each stage and edge, window by window', () => {
    const window = (busy: number, events: number): PipelineEvent[] => [
      delivered(SECOND, 4),
      ...(events > 0 ? [backpressure(SECOND, events)] : []),
      windowOf(100, { analysis: busy }),
    ];
    const watched = after([started(), ...window(0, 0), ...window(50, 2), ...window(100, 4)]);
    const frame = renderFrame(watched, wide);
    expect(lineOf(frame, 'Analysis Engine busy')).toMatch(/▁▅█$/);
    expect(lineOf(frame, 'Processor→Analysis')).toMatch(/6 events, high +▁▅█$/);
  });

  it('has a line for each source of a live feed', () => {
    const counts = { ...noTally(), received: 1_234, late: 5, missing: 6, dropped: 7 };
    const lag = { count: 0, totalMs: 0, maxMs: 0, buckets: [] };
    const events: PipelineEvent[] = [
      started(),
      { type: 'connected', at: 1, source: 'one' },
      { type: 'connected', at: 1, source: 'two' },
      { type: 'feed', at: 2, source: 'one', counts, skewMs: -1_200, lag, symbols: [] },
      { type: 'disconnected', at: 3, source: 'two', reason: 'closed' },
    ];
    const frame = renderFrame(after(events), wide);
    expect(lineOf(frame, 'one')).toMatch(
      /^one: received 1,234 \| late 5 \| missing 6 \| dropped 7 \| reconnects 0 \| skew -1\.2\d* s$/,
    );
    expect(lineOf(frame, 'two')).toMatch(/^two: not connected, received 0 \|/);
  });

  it('says how the run ended, and what there is to worry about', () => {
    const events = [started(), delivered(SECOND, 2000), backpressure(SECOND, 1234), finished()];
    const frame = renderFrame(after(events), wide);
    expect(frame).toContain('run-1  finished');
    expect(frame).toContain('[BACKPRESSURE] Processor→Analysis: 1,000 events');
    const killed = { ...after([started()]), liveness: 'interrupted' as const };
    expect(renderFrame(killed, wide)).toContain('interrupted: its process is gone');
  });

  it('paints only where colours are wanted, and nothing but the look changes', () => {
    const watched = after(windows(3));
    const painted = renderFrame(watched, { ...wide, color: true });
    expect(painted).toContain('\x1b[');
    const bare = painted
      .split('\x1b')
      .map((part, i) => (i === 0 ? part : part.replace(/^\[\d+m/, '')));
    expect(bare.join('')).toBe(renderFrame(watched, wide));
  });

  it('shows the progress through the market, and when the run will be over', () => {
    const market = ingested({
      ...{ marketStart: minute(0), marketTime: minute(30), marketEnd: minute(120), progress: 1 },
    });
    const watched = { ...after([started(), market]), wall: started().wallTime + 60_000 };
    expect(lineOf(renderFrame(watched, wide), 'progress')).toMatch(
      / 25% of the market, ETA 3\.0 min$/,
    );
  });

  it('has all that matters in 60 × 15', () => {
    const market = ingested({
      ...{ marketStart: minute(0), marketTime: minute(30), marketEnd: minute(120), progress: 1 },
    });
    const events = [
      ...[started({ speed: 240 }), market, delivered(SECOND, 2_000_000)],
      ...[backpressure(SECOND, 1_234_567), windowOf(100, { analysis: 50 })],
    ];
    const watched = { ...after(events), wall: started().wallTime + 60_000 };
    const lines = renderFrame(watched, { columns: 60, rows: 15 }).split('\n');
    expect(lines[1]).toBe('clock-driven at speed 240, simulated time');
    expect(lines[2]).toBe('market 2024-08-08T00:30:00.000Z');
    expect(lines[3]).toMatch(/^progress .* 25% of the market, ETA 3\.0 min$/);
    expect(lines[4]).toMatch(/^C→P .* 0 events, perfect/);
    expect(lines[5]).toMatch(/^P→A .* 61\.73% 1,234,567 events, high/);
    expect(lines[6]).toMatch(/^Coordinator .* 0% busy/);
    expect(lines[8]).toMatch(/^Analysis Engine .* 50% busy/);
    expect(lines.join(' ')).toContain('verdict: ');
    expect(lines.slice(0, 9).filter((line) => line.includes('…'))).toEqual([]);
  });

  it('fits any terminal, whatever happened', () => {
    fc.assert(
      fc.property(
        fc.array(pipelineEvents, { maxLength: 30 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 60 }),
        (events, columns, rows) => {
          const lines = renderFrame(after([started(), ...events]), { columns, rows }).split('\n');
          expect(lines.length).toBeLessThanOrEqual(rows);
          expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });
});
