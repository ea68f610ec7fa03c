import { existsSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, resolve } from 'node:path';
import { isNatsAddress } from '../../streams/nats/natsAddress';
import type { NatsOptions } from '../../streams/nats/openNats';
import { JOURNAL_SCHEMA } from '../journal/journalEntry';
import { mergeStates } from '../metrics';
import type { MetricsState } from '../metrics';
import type { Known } from '../views/status';
import type { Group, GroupReader, Member } from './member';
import { openNatsGroup } from './nats/natsGroup';
import { resultsIn } from './results';
import { rowOf } from './resultTable';
import type { ResultRow } from './resultTable';

/**
 * The group that an argument names: `nats://host/NAME`, the name of a sweep or of a publication, or a
 * folder with results. Undefined for anything else.
 */
export async function openGroup(
  argument: string,
  access: NatsOptions = {},
): Promise<GroupReader | undefined> {
  if (isNatsAddress(argument)) return openNatsGroup(argument, access);
  if (!existsSync(argument) || !statSync(argument).isDirectory()) return undefined;
  return {
    read: async () => {
      const { results, unfinished } = await resultsIn(argument);
      const members: Member[] = results.map((result) => ({ ...result, status: 'done' }));
      for (const id of unfinished) {
        members.push({ id, status: 'failed', why: 'did not come to its end; it is not counted' });
      }
      return { name: basename(resolve(argument)), members };
    },
    close: () => Promise.resolve(),
  };
}

/** Whether an argument names a group rather than a run. */
export const isGroup = (argument: string): boolean =>
  isNatsAddress(argument) || (existsSync(argument) && statSync(argument).isDirectory());

const hasState = (member: Member): member is Exclude<Member, { readonly status: 'failed' }> =>
  member.status !== 'failed';

/** The members' states as one; undefined while there is none. */
export function mergedState({ members }: Group): MetricsState | undefined {
  const states = members.filter(hasState).map(({ state }) => state);
  return states.length === 0 ? undefined : mergeStates(states);
}

/** A line of the table of members. */
export interface MemberRow extends ResultRow {
  readonly status: 'done' | 'running';
}

export const memberRows = ({ members }: Group): readonly MemberRow[] =>
  members.filter(hasState).map((member) => ({ ...rowOf(member), status: member.status }));

/** Members without a state, each with the reason. */
export const failuresOf = ({ members }: Group): readonly { id: string; why: string }[] =>
  members.flatMap((member) =>
    member.status === 'failed' ? [{ id: member.id, why: member.why }] : [],
  );

/** A group as a run is known: what views of one run show of it. Undefined while no member has a state. */
export function knownOf(group: Group, seq: number): Known | undefined {
  const state = mergedState(group);
  const configuration = state?.run.configuration;
  if (state === undefined || configuration === undefined) return undefined;
  const { startedAt = Date.now(), wallTime = startedAt } = state.run;
  const isRunning = group.members.some(({ status }) => status === 'running');
  return {
    header: {
      ...{ seq: 0, type: 'journal', schema: JOURNAL_SCHEMA, run: group.name, wall: startedAt },
      ...{ pid: process.pid, host: hostname(), versions: {}, configuration },
    },
    ...{ state, seq, wall: isRunning ? Date.now() : Math.max(wallTime, startedAt) },
    liveness: isRunning ? 'running' : 'finished',
    remarks: failuresOf(group).map(({ id, why }) => `${id}: ${why}`),
  };
}
