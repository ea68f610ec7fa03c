import { existsSync, readdirSync } from 'node:fs';
import fsPromises from 'node:fs/promises';
import { join } from 'node:path';
import type { RowBlock } from '../../../../streams/sources/order/rowBlock';
import { bytesPerRow, rowBlock } from '../../../../streams/sources/order/rowBlock';
import { openSpool } from '../../../../streams/sources/order/spool';
import { spoolMemory } from '../../../../streams/sources/order/spoolMemory';
import { tempFiles } from '../readAll';

const { folder } = tempFiles();
const ROWS = 16;
const BLOCK = ROWS * bytesPerRow(1);

function block(first: number, length = ROWS): RowBlock {
  const made = rowBlock(1, ROWS);
  made.time.set(Array.from({ length }, (_, row) => first + row));
  made.length = length;
  return made;
}

describe('a spool', () => {
  test.each([
    ['nothing', 0],
    ['some', 2],
    ['all', 5],
  ])('gives back what it took, with room in memory for %s', async (_room, blocks) => {
    const spool = openSpool(join(folder, 'room'), 1, spoolMemory(blocks * BLOCK));
    const firsts = [0, 100, 200, 300, 400];
    for (const first of firsts) await spool.append(block(first, first === 400 ? 3 : ROWS));
    await spool.flush();
    expect(spool.blocks).toBe(5);
    for (const [index, first] of firsts.entries()) {
      const read = await spool.read(index);
      expect([...read.time.subarray(0, read.length)]).toEqual(
        Array.from({ length: first === 400 ? 3 : ROWS }, (_, row) => first + row),
      );
    }
    await spool.close();
  });

  test('says of a disk that is full which folder it is', async () => {
    const { open } = jest.requireActual<typeof fsPromises>('node:fs/promises');
    jest.spyOn(fsPromises, 'open').mockImplementation(async (...of) => {
      const file = await open(...of);
      const error = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      jest.spyOn(file, 'write').mockRejectedValue(error);
      return file;
    });
    const spool = openSpool(join(folder, 'full'), 1, spoolMemory(0));
    await spool.append(block(0));
    await expect(spool.flush()).rejects.toMatchObject({
      name: 'SourceError',
      message:
        `${folder}: the temporary folder takes no more (ENOSPC). ` +
        'Make room, or set TMPDIR to a folder with room.',
    });
    await spool.close();
    jest.restoreAllMocks();
  });

  test('touches no disk while there is memory, and has no file left in the end', async () => {
    const path = join(folder, 'disk');
    const spool = openSpool(path, 1, spoolMemory(BLOCK));
    await spool.append(block(0));
    expect(existsSync(path)).toBe(false);
    await spool.append(block(1));
    await spool.flush();
    await spool.close();
    await spool.close();
    expect(readdirSync(folder)).not.toContain('disk');
  });

  test('shares its memory with the others, and gives it back as it is read or closed', async () => {
    const memory = spoolMemory(3 * BLOCK);
    const one = openSpool(join(folder, 'one'), 1, memory);
    const other = openSpool(join(folder, 'other'), 1, memory);
    await one.append(block(0));
    await one.append(block(1));
    await other.append(block(2));
    expect(memory.take(1)).toBe(false);
    await one.read(0);
    expect(memory.take(BLOCK + 1)).toBe(false);
    await one.close();
    await other.close();
    expect(memory.take(3 * BLOCK)).toBe(true);
  });
});
