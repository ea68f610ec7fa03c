import { statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { JournalError } from './journalError';
import { openJournal } from './openJournal';
import type { Journal, ReadOptions } from './openJournal';

/** Milliseconds between two looks at a journal that is still empty. */
const POLL = 100;
/** How long a journal may be empty: milliseconds. */
const PATIENCE = 5000;

/** Opens a journal that is being written, and waits for the header of a run that is just beginning; undefined when the signal came first. */
export async function openWhenBegun(
  path: string,
  options: ReadOptions & { readonly follow: AbortSignal },
): Promise<Journal | undefined> {
  const { follow } = options;
  for (;;) {
    try {
      return await openJournal(path, options);
    } catch (error) {
      if (!(error instanceof JournalError && error.code === 'JOURNAL_EMPTY')) throw error;
      // A run writes its header at once: the process of this one ended before it could.
      if (Date.now() - statSync(path).mtimeMs > PATIENCE) throw error;
    }
    if (follow.aborted) return undefined;
    await wait(POLL, undefined, { signal: follow }).catch(() => undefined);
  }
}
