import { openNats } from '../../../streams/nats/openNats';
import type { NatsOptions } from '../../../streams/nats/openNats';
import { checkpointOf } from '../../journal';
import type { Run } from '../../replay';
import { publishState } from './states';
import { ensureStreams, stateSubject } from './subjects';

/** Whose state it is: a partition of a publication. */
export interface Membership {
  readonly group: string;
  readonly member: string;
}

/** Milliseconds between two states, at least; a state that costs much comes less often. */
const PACE = 1_000;
const COST_FACTOR = 50;
/** Milliseconds that the last state has to reach the server. */
const PATIENCE = 5_000;

/**
 * Keeps the state of a run on the server while it goes on, so that it can be seen with those of other
 * partitions. Each state takes the place of the one before. Returns what sends the last one.
 */
export async function shareState(
  url: string,
  access: NatsOptions,
  { group, member }: Membership,
  run: Pick<Run, 'state' | 'strategies' | 'done'>,
): Promise<() => Promise<void>> {
  const nats = await openNats(url, access);
  await ensureStreams(nats);
  const subject = stateSubject(group, member);
  let sent: unknown;
  let isSending = false;
  let timer: NodeJS.Timeout | undefined;

  const send = async (status: 'done' | 'running'): Promise<void> => {
    const state = run.state();
    if (state === sent && status === 'running') return;
    sent = state;
    await publishState(nats, subject, {
      ...{ id: member, part: member, strategies: [...run.strategies], attempt: 1 },
      ...{ status, checkpoint: checkpointOf({ state, seq: 0, wall: Date.now() }) },
    });
  };
  const tick = async (): Promise<void> => {
    const began = performance.now();
    isSending = true;
    // What cannot be sent now is in the next state.
    await send('running').catch(() => undefined);
    isSending = false;
    schedule(Math.max(PACE, COST_FACTOR * (performance.now() - began)));
  };
  const schedule = (ms: number): void => {
    timer = setTimeout(() => void tick(), ms);
    timer.unref();
  };
  let isOver = false;
  schedule(0);
  return async () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    let patience: NodeJS.Timeout | undefined;
    const last = async (): Promise<void> => {
      while (isSending) await new Promise((resolve) => setTimeout(resolve, 10));
      clearTimeout(timer);
      await send('done');
    };
    await Promise.race([
      last().catch(() => undefined),
      new Promise<void>((resolve) => {
        patience = setTimeout(resolve, PATIENCE);
      }),
    ]);
    clearTimeout(patience);
    await nats.close();
  };
}
