import { valueOf, withValue, withValues } from './persistentMap';
import type { PersistentMap } from './persistentMap';

/** Entries of a persistent map that are being changed: each is copied once, and placed when all are done. */
export class PendingEntries<V extends object> {
  readonly #map: PersistentMap<V>;
  readonly #changed = new Map<string, V>();
  /** By the numbers of their names. */
  readonly #numbered: V[] = [];

  constructor(map: PersistentMap<V>) {
    this.#map = map;
  }

  /** The entry under this name, to be changed; a copy of `none` where there is none yet. */
  own(name: string, none: V): { -readonly [K in keyof V]: V[K] } {
    let value = this.#changed.get(name);
    if (value === undefined) {
      value = { ...(valueOf(this.#map, name) ?? none) };
      this.#changed.set(name, value);
    }
    return value;
  }

  /** The same for a name that has a number, which is looked up once. */
  ownNumbered(number: number, name: string, none: V): { -readonly [K in keyof V]: V[K] } {
    return (this.#numbered[number] ??= this.own(name, none));
  }

  finish(): PersistentMap<V> {
    for (const value of this.#changed.values()) Object.freeze(value);
    if (this.#changed.size !== 1) return withValues(this.#map, this.#changed);
    const [[name, value]] = this.#changed as unknown as [[string, V]];
    return withValue(this.#map, name, value);
  }
}
