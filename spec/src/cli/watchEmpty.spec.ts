import { utimesSync } from 'node:fs';
import { barometer, folder } from './barometer';

const { path, file } = folder();

describe('barometer watch', () => {
  it.each([
    ['nothing', ''],
    ['half a header', '{"seq":0,"type":"journal","sch'],
  ])('ends where a run left %s, and says so', async (_what, text) => {
    file('empty.ndjson', text);
    const before = Date.now() / 1000 - 60;
    utimesSync(path('empty.ndjson'), before, before);
    const { code, stdout, stderr } = await barometer(['watch', path('empty.ndjson')]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/empty\.ndjson: nothing has been written to it yet/);
  });
});
