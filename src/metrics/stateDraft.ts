import type { EdgeName, StageName } from '../../streams/events';
import { UnknownEventError } from './unknownEventError';
import { PendingEntries } from './pendingEntries';
import type { PersistentMap } from './persistentMap';
import type { EdgeState, EvidenceState, MetricsState, StageState } from './state';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A state that events are being added to. Parts are copied when they are first changed; `finish` freezes
 * the copies. This many events cost one copy of what they touch.
 *
 * Counters are added to so often that immer's proxies would cost more than the additions. What changes
 * seldom, the run itself, changes through immer (reduceRun.ts).
 */
export class StateDraft {
  readonly root: Mutable<MetricsState>;
  readonly #owned = new Set<object>();
  /** By the part that holds the map. */
  readonly #entries = new Map<object, PendingEntries<object>>();
  readonly #writes: (() => void)[] = [];
  #edges: Partial<Record<EdgeName, Mutable<EdgeState>>> = {};
  #stages: Partial<Record<StageName, Mutable<StageState>>> = {};

  constructor(state: MetricsState) {
    this.root = { ...state };
  }

  /** The part of a copied parent under this key, copied too. */
  own<P extends object, K extends keyof P>(parent: P, key: K): Mutable<P[K] & object> {
    const part = parent[key] as P[K] & object;
    if (this.#owned.has(part)) return part;
    const copy = (Array.isArray(part) ? [...(part as unknown[])] : { ...part }) as typeof part;
    this.#owned.add(copy);
    parent[key] = copy;
    return copy;
  }

  /** Throws `UnknownEventError` for an edge that the run does not have; so do the next two. */
  edge(name: EdgeName): Mutable<EdgeState> {
    return (this.#edges[name] ??= this.#named('edges', name, 'edge'));
  }

  stage(name: StageName): Mutable<StageState> {
    return (this.#stages[name] ??= this.#named('stages', name, 'stage'));
  }

  evidence(stage: StageName): Mutable<EvidenceState> {
    return this.#named('evidence', stage, 'stage');
  }

  #named<K extends 'edges' | 'stages' | 'evidence'>(
    key: K,
    name: string,
    kind: 'stage' | 'edge',
  ): Mutable<MetricsState[K][string] & object> {
    const entries = this.own(this.root, key);
    if (!Object.hasOwn(entries, name)) {
      throw new UnknownEventError(`an event of the ${kind} "${name}"`);
    }
    return this.own(entries, name);
  }

  /** The entries of a map by name that a copied parent holds, to be changed; `write` puts the map back. */
  entries<V extends object>(
    parent: object,
    map: PersistentMap<V>,
    write: (map: PersistentMap<V>) => void,
  ): PendingEntries<V> {
    const known = this.#entries.get(parent);
    if (known !== undefined) return known as unknown as PendingEntries<V>;
    const entries = new PendingEntries<V>(map);
    this.#entries.set(parent, entries);
    this.#writes.push(() => {
      write(entries.finish());
    });
    return entries;
  }

  /** Forgets what it knows of edges and stages: they became others. */
  forgetNames(): void {
    this.#edges = {};
    this.#stages = {};
  }

  /** Appends to a list of a copied parent, one by one: a spread of 100,000 arguments overflows the stack. */
  append<P extends object, K extends keyof P, V>(
    parent: P & Record<K, readonly V[]>,
    key: K,
    values: readonly V[],
  ): void {
    if (values.length === 0) return;
    const list = this.own<P, K>(parent, key) as unknown as V[];
    for (const value of values) list.push(value);
  }

  finish(): MetricsState {
    for (const write of this.#writes) write();
    for (const part of this.#owned) Object.freeze(part);
    return Object.freeze(this.root);
  }
}
