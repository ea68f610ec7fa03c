import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { foldJournal } from '../../../src/journal';
import { initialState, reduce } from '../../../src/metrics';
import { repetitions } from '../../support/properties';
import { fold } from '../metrics/given';
import { folder, header, journalFile, journalText, windows } from './given';

const path = folder();
const events = windows(5);
/** The state after so many events. */
const states = [initialState];
for (const event of events) states.push(reduce(states.at(-1) ?? initialState, event));

describe('a journal survives', () => {
  it('being cut off at 200 random places: whole lines count, a torn one does not', async () => {
    const text = journalText(events);
    const bytes = Buffer.from(text);
    const headEnd = text.indexOf('\n') + 1;
    const cut = path('cut.ndjson');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: headEnd, max: bytes.length }), async (length) => {
        const kept = bytes.subarray(0, length);
        writeFileSync(cut, kept);
        const whole = kept.toString('utf8').split('\n').length - 2;
        const { seq, state, damaged } = await foldJournal(cut);
        expect(seq).toBe(whole);
        expect(damaged).toEqual([]);
        expect(state).toEqual(states[whole]);
      }),
      repetitions(200),
    );
  }, 60_000);

  it('a torn last line, after which the run went no further', async () => {
    const file = journalFile(path('torn.ndjson'), events);
    appendFileSync(file, '{"seq":42,"wall":17230');
    expect(await foldJournal(file)).toMatchObject({ seq: events.length, damaged: [] });
  });

  it.each([
    ['no JSON', '{"seq":3,"wall":1,"ty~~', 'no JSON'],
    ['a field that is missing', '{"seq":3,"wall":1,"type":"mode","at":0}', 'no "mode" event'],
    [
      'a count that is none',
      '{"seq":3,"wall":1,"type":"delivered","at":0,"edge":"processor-analysis","count":-1}',
      'count',
    ],
    ['an unknown event', '{"seq":3,"wall":1,"type":"exploded","at":0}', 'unknown type "exploded"'],
    ['something else', '[1,2,3]', 'no event of a journal'],
  ])(
    'a damaged line in the middle: %s is named by its number and left out',
    async (_, line, said) => {
      const lines = journalText(events).split('\n');
      lines[3] = line;
      const file = path('damaged.ndjson');
      writeFileSync(file, lines.join('\n'));
      const { seq, state, damaged } = await foldJournal(file);
      expect(damaged.map(({ code, line: number }) => [code, number])).toEqual([
        ['JOURNAL_DAMAGED', 4],
      ]);
      expect(damaged[0]?.message).toContain(`${file}:4: damaged line: `);
      expect(damaged[0]?.message).toContain(said);
      expect(seq).toBe(events.length);
      expect(state).toEqual(fold(events.filter((_event, index) => index !== 2)));
    },
  );

  it('the loss of a line: the gap is named', async () => {
    const lines = journalText(events).split('\n');
    lines.splice(5, 1);
    const file = path('gap.ndjson');
    writeFileSync(file, lines.join('\n'));
    const { damaged } = await foldJournal(file);
    expect(damaged.map(({ message }) => message)).toEqual([
      `${file}:6: event 5 should stand here, but it is 6`,
    ]);
  });

  it.each([
    ['nothing', ''],
    ['half a header', '{"seq":0,"type":"journal","sch'],
  ])('being read before it has begun: %s', async (_, text) => {
    const file = path('empty.ndjson');
    writeFileSync(file, text);
    await expect(foldJournal(file)).rejects.toMatchObject({
      code: 'JOURNAL_EMPTY',
      message: expect.stringContaining('nothing has been written to it yet') as string,
    });
  });

  it('being from a newer version: it is refused, and the writer named', async () => {
    const file = path('newer.ndjson');
    const head = header({ schema: 2, versions: { barometer: '9.1.0' } });
    writeFileSync(file, journalText(events, head));
    await expect(foldJournal(file)).rejects.toMatchObject({
      code: 'JOURNAL_NEWER',
      message: expect.stringMatching(/schema 2 .*9\.1\.0.*reads up to 1/) as string,
    });
  });

  it('fields that this version does not know: they are ignored', async () => {
    const file = path('more.ndjson');
    const more = journalText(events).replace(/^\{"seq":(\d+)/gm, '{"mood":"fine","seq":$1');
    writeFileSync(file, more);
    const { state, damaged } = await foldJournal(file);
    expect(damaged).toEqual([]);
    expect(state).toEqual(states.at(-1));
  });

  it.each([
    ['a tick file', 'time,price\n1,2\n'],
    ['other JSON', '{"a":1}\n'],
    ['binary rubbish', Buffer.from([0, 255, 10, 0, 7])],
  ])('being taken for one: %s is not a journal', async (_, content) => {
    const file = path('other.csv');
    writeFileSync(file, content);
    await expect(foldJournal(file)).rejects.toMatchObject({ code: 'JOURNAL_INVALID' });
  });

  it('being compressed, also when the compressed file is cut off', async () => {
    const file = journalFile(path('plain.ndjson'), events);
    const packed = gzipSync(readFileSync(file));
    writeFileSync(path('packed.ndjson.gz'), packed);
    expect((await foldJournal(path('packed.ndjson.gz'))).state).toEqual(states.at(-1));
    writeFileSync(path('cut.ndjson.gz'), packed.subarray(0, packed.length - 12));
    const { seq, state, damaged } = await foldJournal(path('cut.ndjson.gz'));
    expect(damaged).toEqual([]);
    expect(seq).toBeGreaterThan(0);
    expect(state).toEqual(states[seq]);
  });

  it.each([
    ['missing', 'JOURNAL_MISSING', 'no such file'],
    ['.', 'JOURNAL_UNREADABLE', 'a folder'],
  ])('a path where there is none: %s', async (name, code, said) => {
    await expect(foldJournal(path(name))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(said) as string,
    });
  });
});
