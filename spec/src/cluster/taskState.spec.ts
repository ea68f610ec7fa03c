import { gzipSync } from 'node:zlib';
import { decodeState, encodeState, metricsIn } from '../../../src/cluster/nats/taskState';
import type { TaskState } from '../../../src/cluster/nats/taskState';
import { checkpointOf } from '../../../src/journal';
import { initialState } from '../../../src/metrics';

const member = { id: 'A-1', part: 'A', strategies: ['sma-cross'], attempt: 2 };
const checkpoint = checkpointOf({ state: initialState, seq: 0, wall: 0 });

test.each<TaskState>([
  { ...member, status: 'done', checkpoint },
  { ...member, status: 'running', checkpoint },
  { ...member, status: 'failed', why: 'no such file' },
])('the state of a task that is $status arrives as it was sent', (state) => {
  expect(decodeState(encodeState(state))).toMatchObject(state);
});

test('a state holds the whole fold, not an increment', () => {
  expect(metricsIn({ ...member, status: 'done', checkpoint })).toEqual(initialState);
});

test.each([
  ['no gzip', Buffer.from('{}')],
  ['no JSON', gzipSync('{')],
  ['another schema', gzipSync(JSON.stringify({ type: 'state', schema: 2, ...member }))],
])('%s is refused', (_what, data) => {
  expect(() => decodeState(data)).toThrow('not a state of schema 1');
});
