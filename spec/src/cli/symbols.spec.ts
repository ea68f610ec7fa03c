import { CHILD } from '../../../src/cluster/runCommand';
import type { Report } from '../../../src/report';
import { barometer, folder } from './barometer';

const { file } = folder();
const MARKET = [
  'symbol,time,price,size',
  'A,2024-01-02T00:00:01Z,1,1',
  'B,2024-01-02T00:00:01Z,5,1',
  'A,2024-01-02T00:00:02Z,2,1',
  '',
].join('\n');

const replayed = (symbols: string, env = {}) =>
  barometer(
    [
      ...['replay', file('market.csv', MARKET), '--bars', '1s', '--symbols', symbols],
      ...['--json', '--quiet', '--journal', 'none'],
    ],
    { env },
  );

describe('replay --symbols', () => {
  it('reads the rows of these symbols only', async () => {
    const { code, stdout } = await replayed('A');
    const { run, bars } = JSON.parse(stdout) as Report;
    expect([code, run.symbols, bars.ticks]).toEqual([0, ['A'], '2']);
  });

  it('says which of them the files do not have', async () => {
    const { code, stderr } = await replayed('B,NOSUCH');
    expect([code, stderr]).toEqual([
      0,
      'barometer: --symbols: the files have no row of NOSUCH in the session\n',
    ]);
  });

  it('that the files have nothing of is an input without rows', async () => {
    expect((await replayed('NOSUCH')).code).toBe(3);
  });

  it('may have no row in a task of a sweep: a day without trade', async () => {
    expect((await replayed('NOSUCH', { [CHILD]: '1' })).code).toBe(0);
  });
});
