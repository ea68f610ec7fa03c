import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BarometerError, ERRORS, fromBars, openFiles, replay, smaCross } from 'barometer';
import { pipeline } from 'barometer/stages';
import { errorsAsMarkdown } from '../../src/errors';

const ROOT = join(__dirname, '../..');
const sources = ['operators', 'streams', 'src'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(ROOT, folder, path), 'utf8')),
);

describe('the table of errors', () => {
  it('has each code once, spelled in one way', () => {
    const codes = ERRORS.map(({ code }) => code);
    expect(codes.filter((code) => !/^[A-Z]+(_[A-Z]+)*$/.test(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('has every class of errors, and no other', () => {
    const classes = sources.flatMap((text) =>
      [...text.matchAll(/class (\w+) extends BarometerError\b/g)].map(([, name]) => name),
    );
    expect([...new Set(ERRORS.map(({ errorClass }) => errorClass))].sort()).toEqual(classes.sort());
  });

  it('says what each code means, one sentence', () => {
    for (const { meaning } of ERRORS) expect(meaning).toMatch(/^[A-Z].*\.$/);
  });

  it('is what docs/errors.md shows', () => {
    const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
    expect(page).toContain(errorsAsMarkdown());
  });
});

describe('an option that does not exist is an error with the nearest name', () => {
  const wrong = (options: object): object => options;
  const bars = (options: object = {}): ReturnType<typeof fromBars> =>
    fromBars([], { interval: 60e6, ...options });

  test.each<[string, () => unknown]>([
    [
      'bar is not an option of replay; did you mean bars?',
      () => replay(bars(), wrong({ bar: '1m' })),
    ],
    [
      'sped is not an option of pipeline; did you mean speed?',
      () => pipeline([], wrong({ sped: 2 })),
    ],
    [
      'intervall is not an option of fromBars; did you mean interval?',
      () => bars({ intervall: 1 }),
    ],
    ['fsat is not an option of smaCross; did you mean fast?', () => smaCross(wrong({ fsat: 5 }))],
    [
      'session is not an option of calendar; did you mean sessions?',
      () => replay(bars(), { calendar: wrong({ session: '09:30-16:00' }) }),
    ],
    [
      'stageTimeOut is not an option of threads; did you mean stageTimeout?',
      () => replay(bars(), { threads: wrong({ stageTimeOut: 5 }) }),
    ],
  ])('%s', (message, make) => {
    expect(make).toThrow(BarometerError);
    expect(make).toThrow(message);
  });

  test('opening files', async () => {
    const opening = openFiles(['none.csv'], wrong({ fromat: 'dbn' }));
    await expect(opening).rejects.toThrow(
      'fromat is not an option of openFiles; did you mean format?',
    );
  });
});
