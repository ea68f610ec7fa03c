import { linkSync, readFileSync, symlinkSync } from 'node:fs';
import { barometer, folder, TICKS } from './barometer';

const { path, file } = folder();

describe('paths of one command', () => {
  beforeAll(() => {
    file('in.csv', TICKS);
    symlinkSync(path('in.csv'), path('soft.csv'));
    linkSync(path('in.csv'), path('hard.csv'));
    file('mine.js', 'module.exports = { onBar() {} };');
  });

  const given = 'replay in.csv --quiet --journal';
  it.each([
    ['capacity in.csv --html in.csv', 'is read by this run'],
    ['capacity in.csv --html hard.csv', 'is read by this run'],
    ['capacity in.csv --html mine.js --strategy mine.js', 'is read by this run'],
    ['convert in.csv --bars 1m --out soft.csv', 'is read by this run'],
    [`${given} none --out-bars hard.csv`, 'is read by this run'],
    [`${given} in.csv`, 'is read by this run'],
    [`${given} same.csv --out-bars same.csv`, 'is written by this run already'],
    [`${given} j.csv.ndjson --out-signals j.csv.timings`, 'is written by this run already'],
    [`${given} none --out-bars o.csv --out-signals ./o.csv`, 'is written by this run already'],
  ])('%s is wrong usage', async (line, found) => {
    const files = /\.(csv|js|timings|ndjson)$/;
    const argv = line.split(' ').map((word) => (files.test(word) ? path(word) : word));
    const { code, stderr } = await barometer(argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining(found)]);
    expect(readFileSync(path('in.csv'), 'utf8')).toBe(TICKS);
  });

  it('a journal that looks like a folder is one', async () => {
    for (const name of ['runs', 'others/']) {
      const { code } = await barometer([
        'replay',
        path('in.csv'),
        '--quiet',
        '--journal',
        path(name),
      ]);
      expect(code).toBe(0);
      const { stdout } = await barometer(['runs', '--dir', path(name)]);
      expect(stdout).toContain('done');
    }
  });

  it('a second run never writes over the journal of the first', async () => {
    const argv = ['replay', path('in.csv'), '--quiet', '--journal', path('once.ndjson')];
    expect((await barometer(argv)).code).toBe(0);
    const before = readFileSync(path('once.ndjson'), 'utf8');
    const { code, stderr } = await barometer(argv);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/exists and is the journal of run/)]);
    expect(readFileSync(path('once.ndjson'), 'utf8')).toBe(before);
  });
});
