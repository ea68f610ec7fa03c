import { z } from 'zod';
import type { Fold } from './foldJournal';
import { JournalError } from './journalError';
import { stateSchema } from './stateSchema';

const CHECKPOINT_SCHEMA = 6;

const checkpointSchema = z.object({
  type: z.literal('checkpoint'),
  schema: z.literal(CHECKPOINT_SCHEMA),
  state: stateSchema,
  seq: z.int().nonnegative(),
  wall: z.number(),
  after: z.object({ number: z.int(), bytes: z.int() }).exactOptional(),
});

/** A fold as JSON, to be gone on with later: counters as decimal digits. */
export function checkpointOf({ state, seq, wall, after }: Fold): string {
  return JSON.stringify(
    { type: 'checkpoint', schema: CHECKPOINT_SCHEMA, state, seq, wall, after },
    (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  );
}

/** The fold that a checkpoint holds, equal in every part. Throws a `JournalError` for anything else. */
export function foldIn(checkpoint: string): Fold {
  try {
    const { state, seq, wall, after } = checkpointSchema.parse(JSON.parse(checkpoint));
    const fold = { state: frozen(state), seq, wall };
    return after === undefined ? fold : { ...fold, after };
  } catch (cause) {
    const text = `not a checkpoint of schema ${CHECKPOINT_SCHEMA}; fold the journal from its beginning.`;
    throw new JournalError('JOURNAL_INVALID', 'checkpoint', text, undefined, cause);
  }
}

/** States are frozen throughout, wherever they come from. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value) as unknown[]) frozen(part);
  return Object.freeze(value);
}
