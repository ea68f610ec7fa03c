import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { foldIn } from '../../journal';
import type { MetricsState } from '../../metrics';
import { TaskError } from './taskError';

const SCHEMA = 1;
const memberShape = {
  type: z.literal('state'),
  schema: z.literal(SCHEMA),
  id: z.string(),
  part: z.string(),
  strategies: z.array(z.string()),
  /** How often the task was handed to a worker, this time included. */
  attempt: z.int().positive(),
};
const stateSchema = z.discriminatedUnion('status', [
  z.strictObject({ ...memberShape, status: z.literal('failed'), why: z.string() }),
  z.strictObject({
    ...memberShape,
    status: z.enum(['done', 'running']),
    checkpoint: z.string(),
  }),
]);

/** The last that is known of a task of a sweep, or of a partition of a live run. */
export type TaskState = Omit<z.output<typeof stateSchema>, 'type' | 'schema' | 'status'> & {
  readonly status: 'done' | 'running' | 'failed';
} & (
    | { readonly status: 'failed'; readonly why: string }
    | { readonly status: 'done' | 'running'; readonly checkpoint: string }
  );

/** Bytes that a state may unfold to. */
const LARGEST = 512 * 1024 * 1024;

export const encodeState = (state: TaskState): Buffer =>
  gzipSync(JSON.stringify({ type: 'state', schema: SCHEMA, ...state }), { level: 1 });

/** Throws a `TaskError` for anything else. */
export function decodeState(data: Uint8Array): TaskState {
  try {
    const text = gunzipSync(data, { maxOutputLength: LARGEST }).toString('utf8');
    return stateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new TaskError(`not a state of schema ${SCHEMA}`, { cause });
  }
}

/** The metrics of a state that has some. */
export const metricsIn = (state: TaskState): MetricsState | undefined =>
  state.status === 'failed' ? undefined : foldIn(state.checkpoint).state;
