import { closeSync, openSync } from 'node:fs';
import { foldJournal } from '../../../src/journal';
import { createAppendFile } from '../../../src/journal/appendFile';
import type { AppendFile } from '../../../src/journal';
import { fold } from '../metrics/given';
import { folder, linesOf, recorded, windows } from './given';

const path = folder();
const events = windows(400);

/** A file whose disk has room for so many bytes. */
const fullAfter =
  (room: number) =>
  (name: string): AppendFile => {
    const file = createAppendFile(name);
    let left = room;
    return {
      ...file,
      async append(bytes) {
        const some = bytes.subarray(0, left);
        left -= some.length;
        await file.append(some);
        if (some.length < bytes.length) {
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
            code: 'ENOSPC',
          });
        }
      },
    };
  };

const canWriteTo = (device: string): boolean => {
  try {
    closeSync(openSync(device, 'a'));
    return true;
  } catch {
    return false;
  }
};

describe('a disk that is full', () => {
  it.each([0, 100, 70_000, 200_000])(
    'after %d bytes: the journal ends with a whole line, and says what is missing',
    async (room) => {
      const file = path(`full-${room}.ndjson`);
      const failed = jest.fn();
      const flushed: number[] = [];
      const {
        error,
        events: written,
        missing,
        bytes,
      } = await recorded(events, {
        path: file,
        directory: path('.'),
        create: fullAfter(room),
        failed,
        flushed: (seq) => flushed.push(seq),
      });
      expect(error).toMatchObject({
        code: 'JOURNAL_UNWRITABLE',
        message: `${file}: cannot be written: the disk is full`,
      });
      expect(failed).toHaveBeenCalledTimes(1);
      expect(written + missing).toBe(events.length);
      expect(written).toBe(flushed.at(-1) ?? 0);
      expect(bytes).toBeLessThanOrEqual(room);
      expect(linesOf(file).at(-1)).toBe('');
      if (written > 0) {
        const { seq, state } = await foldJournal(file);
        expect(seq).toBe(written);
        expect(state).toEqual(fold(events.slice(0, written)));
      }
    },
  );

  (canWriteTo('/dev/full') ? it : it.skip)(
    'as a device: the run hears of it and goes on',
    async () => {
      const { error, missing } = await recorded(events, {
        path: '/dev/full',
        directory: path('.'),
      });
      expect(error?.message).toBe('/dev/full: cannot be written: the disk is full');
      expect(missing).toBe(events.length);
    },
  );

  it('that cannot even make the file refuses before the run', () => {
    const create = (): AppendFile => {
      throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    };
    expect(() =>
      recorded(events, { path: path('none.ndjson'), directory: path('.'), create }),
    ).toThrow(/the disk is full/);
  });
});

describe('a disk that is slow', () => {
  /** Writes go through when they are let. */
  const slow = () => {
    const waiting: (() => void)[] = [];
    const create = (name: string): AppendFile => {
      const file = createAppendFile(name);
      return {
        ...file,
        async append(bytes) {
          await new Promise<void>((resolve) => waiting.push(resolve));
          await file.append(bytes);
        },
      };
    };
    return { create, waiting };
  };

  it('holds the run from a mark on, and lets it go on when half is written; nothing is lost', async () => {
    const { create, waiting } = slow();
    const file = path('slow.ndjson');
    const log: string[] = [];
    const closed = recorded(
      events,
      {
        path: file,
        directory: path('.'),
        create,
        highWaterMark: 100_000,
        held: () => log.push('told'),
      },
      () => {
        log.push('held');
        return () => log.push('let go');
      },
    );
    expect(log).toEqual(['told', 'held']);
    let over = false;
    void closed.then(() => (over = true));
    while (!over) {
      waiting.shift()?.();
      await new Promise(setImmediate);
    }
    expect(log).toEqual(['told', 'held', 'let go']);
    expect(await closed).toMatchObject({ events: events.length, missing: 0 });
    expect((await foldJournal(file)).state).toEqual(fold(events));
  });

  it('that takes nothing at all is given up, so that memory stays bounded', async () => {
    const { create, waiting } = slow();
    const failed = jest.fn();
    const options = { create, failed, highWaterMark: 1000, maxBuffered: 100_000 };
    const closed = recorded(events, {
      path: path('dead.ndjson'),
      directory: path('.'),
      ...options,
    });
    expect(failed).toHaveBeenCalledTimes(1);
    expect(String(failed.mock.calls[0])).toMatch(/takes nothing more: [\d,]+ bytes wait for it/);
    waiting.shift()?.();
    expect((await closed).missing).toBeGreaterThan(0);
  });
});
