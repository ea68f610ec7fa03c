/* Paths as on Windows, which none of these specs runs on: `node:path` is `path.win32` here. */
import { win32 } from 'node:path';
import { journalFileOf } from '../../src/cli/recordRun';
import type { Io } from '../../src/cli/io';
import { journalPathOf, runOf } from '../../src/journal/runDirectory';
import { timingsPathOf } from '../../src/journal';
import { partialName } from '../../src/output/partialName';
import { replay } from '../../src/replay';
import { plainBaseName } from '../../streams/sources/csv/csvTable';

jest.mock('node:path', () => {
  const { win32: windows } = jest.requireActual<typeof import('node:path')>('node:path');
  return { ...windows, win32: windows, default: windows };
});

/** What no name of a file may have on Windows. */
const REFUSED = /[<>:"/\\|?*]|[. ]$/;

describe('on Windows', () => {
  it('a partial file lies beside its target, under a name that may be', () => {
    const name = partialName('C:\\out\\bars.csv');
    expect(win32.dirname(name)).toBe('C:\\out');
    expect(win32.basename(name)).not.toMatch(REFUSED);
  });

  it('a run has an id that may be a name, and its journal is found by it', () => {
    const { id } = replay([]);
    expect(id).not.toMatch(REFUSED);
    const journal = journalPathOf('D:\\runs', id);
    expect(journal).toBe(`D:\\runs\\${id}.ndjson`);
    expect(runOf(journal)).toBe(id);
    expect(timingsPathOf(journal)).toBe(`D:\\runs\\${id}.timings`);
  });

  it.each([
    ['D:\\runs\\', 'D:\\runs\\one.ndjson'],
    ['D:/runs/', 'D:\\runs\\one.ndjson'],
    ['D:\\runs', 'D:\\runs\\one.ndjson'],
    ['D:\\j.ndjson', 'D:\\j.ndjson'],
  ])('--journal %s is %s', (given, expected) => {
    expect(journalFileOf(given, 'one', { env: {} } as Io)).toBe(expected);
  });

  it('the name of a file is what stands behind the last backslash', () => {
    expect(plainBaseName('C:\\data\\BTCUSDT-trades-2024-01-02.csv.gz')).toBe(
      'BTCUSDT-trades-2024-01-02',
    );
  });
});
