import fc from 'fast-check';
import { JournalError } from '../../../src/journal';
import { entryIn, headerIn, headerLineOf, lineOf } from '../../../src/journal/journalLine';
import { pipelineEvents } from '../metrics/arbitraryEvents';
import { started } from '../metrics/given';
import { header, WALL } from './given';

describe('a line of the journal', () => {
  it('is read as what was written, whatever happened', () => {
    fc.assert(
      fc.property(pipelineEvents, fc.integer({ min: 1 }), (event, seq) => {
        const line = lineOf(seq, WALL, event);
        expect(line.match(/\n/g)).toHaveLength(1);
        expect(line.endsWith('\n')).toBe(true);
        expect(entryIn(line)).toEqual({
          seq,
          wall: WALL,
          event: JSON.parse(JSON.stringify(event)) as unknown,
        });
      }),
    );
  });

  it('is plain data, its number first', () => {
    const line = lineOf(7, WALL, { type: 'paused', at: 3 });
    expect(line).toBe(`{"seq":7,"wall":${WALL},"type":"paused","at":3}\n`);
  });

  it.each([Infinity, -Infinity, NaN])('never holds %p: JSON would write null', (maxMs) => {
    const event = { type: 'trailing', at: 1, count: 1, maxMs, buckets: [] } as const;
    expect(() => lineOf(7, WALL, event)).toThrow(
      `event 7 holds ${maxMs} in trailing.maxMs, which is no finite number`,
    );
  });

  it('holds null where that is what is known', () => {
    const event = { type: 'conditions', at: 1, runQueueShare: null, gcShare: 0 } as const;
    expect(entryIn(lineOf(7, WALL, event))).toMatchObject({ event });
  });

  it.each([
    ['', 'no JSON'],
    ['{"seq":7,"wa', 'no JSON'],
    ['null', /^no event of a journal \(/],
    ['{"wall":1,"type":"paused","at":3}', /^no event of a journal \(seq: /],
    ['{"seq":0,"wall":1,"type":"paused","at":3}', /^no event of a journal \(seq: /],
    ['{"seq":7,"wall":1,"type":"snowed"}', 'an event of the unknown type "snowed"'],
    ['{"seq":7,"wall":1,"type":"toString"}', 'an event of the unknown type "toString"'],
    ['{"seq":7,"wall":1,"type":"paused","at":"3"}', /^no "paused" event \(at: /],
  ])('%j is told what is wrong with it', (text, wrong) => {
    expect(entryIn(text)).toEqual(
      typeof wrong === 'string' ? wrong : (expect.stringMatching(wrong) as unknown),
    );
  });
});

describe('the header of a journal', () => {
  it('is read as what was written', () => {
    expect(headerIn(headerLineOf(header()), 'run.ndjson')).toEqual(header());
  });

  const wrongs: [string, string, string, RegExp][] = [
    ['nothing', '', 'JOURNAL_INVALID', /not a journal/],
    ['something else', '{"type":"package"}', 'JOURNAL_INVALID', /not a journal/],
    ['an event', lineOf(1, WALL, started()), 'JOURNAL_INVALID', /not a journal/],
    [
      'that of a newer journal',
      JSON.stringify({ ...header(), schema: 99, versions: { barometer: '9.9.9' } }),
      'JOURNAL_NEWER',
      /a journal of schema 99 \(written by \{"barometer":"9\.9\.9"\}\); this version reads up to 1/,
    ],
    [
      'a newer one that looks otherwise',
      '{"type":"journal","schema":99}',
      'JOURNAL_NEWER',
      /of schema 99; this/,
    ],
    [
      'a damaged one',
      JSON.stringify({ ...header(), pid: 'x' }),
      'JOURNAL_DAMAGED',
      /the header is damaged \(pid: .*\), and nothing can be read without it/,
    ],
  ];
  it.each(wrongs)('%s is refused', (_title, text, code, said) => {
    let found: unknown;
    try {
      found = headerIn(text, 'run.ndjson');
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(JournalError);
    expect(found).toMatchObject({ code, message: expect.stringMatching(said) as string });
    expect((found as JournalError).message).toContain('run.ndjson');
  });
});
