/**
 * What the spools of a run may keep in memory, all together: most files fit and so never come near a
 * disk a second time, and beside DuckDB's own gigabyte it does not matter.
 */
const SPOOL_BYTES = 64 * 1024 * 1024;

/** Memory that is lent: as much as there is, and it comes back. */
export interface SpoolMemory {
  readonly left: number;
  /** Whether this many bytes were left; they are taken then. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function spoolMemory(bytes: number = SPOOL_BYTES): SpoolMemory {
  let left = bytes;
  return {
    get left() {
      return left;
    },
    take: (wanted) => {
      if (wanted > left) return false;
      left -= wanted;
      return true;
    },
    give: (back) => {
      left += back;
    },
  };
}
