import { OptionError } from '../../../operators';
import { storedMessage } from '../../../streams/nats/followSubject';
import { parseNatsAddress } from '../../../streams/nats/natsAddress';
import { openNats } from '../../../streams/nats/openNats';
import type { NatsOptions } from '../../../streams/nats/openNats';
import type { GroupReader, Member } from '../member';
import { readState } from './states';
import { STATES, statesOf } from './subjects';
import { metricsIn } from './taskState';
import type { TaskState } from './taskState';

/** The tasks of a sweep, or the partitions of a publication, by the states that their server keeps. */
export async function openNatsGroup(url: string, access: NatsOptions): Promise<GroupReader> {
  const { path: name } = parseNatsAddress(url);
  if (!/^[\w=+-]+$/.test(name)) {
    throw new OptionError(
      'nats',
      name,
      'the name of a sweep or of a publication, e.g. nats://localhost:4222/plan',
    );
  }
  const nats = await openNats(url, access);
  const members = new Map<string, Member>();
  let sequence = 0;
  return {
    async read() {
      for (;;) {
        const query = { seq: sequence + 1, next_by_subj: statesOf(name) };
        const found = await storedMessage(nats, STATES, query);
        if (found === undefined) break;
        sequence = found.sequence;
        const member = memberOf(readState(found.data));
        if (member !== undefined) members.set(found.subject, member);
      }
      return { name, members: [...members.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) };
    },
    close: nats.close,
  };
}

function memberOf(state: TaskState | undefined): Member | undefined {
  if (state === undefined) return undefined;
  const { id, part, strategies } = state;
  if (state.status === 'failed') return { id, status: 'failed', why: state.why };
  const metrics = metricsIn(state);
  return metrics && { id, part, strategies, status: state.status, state: metrics };
}
