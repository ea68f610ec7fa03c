import { setTimeout as wait } from 'node:timers/promises';
import type { FollowedJournal } from '../dashboard';
import { Timeline } from '../dashboard/timeline';
import type { Liveness } from '../journal';
import { knownOf, memberRows } from './group';
import type { Group, GroupReader } from './member';

/** Milliseconds between two looks. */
const PACE = 1_000;

/** A group as the dashboard follows a journal; undefined where it has no state. */
export async function followGroup(reader: GroupReader): Promise<FollowedJournal | undefined> {
  const stop = new AbortController();
  let group: Group = await reader.read();
  let seq = 1;
  const first = knownOf(group, seq);
  if (first === undefined) {
    await reader.close();
    return undefined;
  }
  let liveness: Liveness = first.liveness;
  const timeline = new Timeline(first.header);
  timeline.show(first);
  const listeners = new Set<() => void>();
  const follow = async (): Promise<void> => {
    while (liveness === 'running' && !stop.signal.aborted) {
      await wait(PACE, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted) break;
      group = await reader.read();
      const known = knownOf(group, seq + 1);
      if (known === undefined) continue;
      seq += 1;
      liveness = known.liveness;
      timeline.show(known);
      for (const listener of listeners) listener();
    }
    await reader.close();
  };
  const done = follow();
  done.catch(() => undefined);
  return {
    path: '',
    header: first.header,
    timeline,
    read: 1,
    get liveness() {
      return liveness;
    },
    damaged: [],
    members: () => memberRows(group),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    done,
    close() {
      stop.abort();
      listeners.clear();
    },
  };
}
