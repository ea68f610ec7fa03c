/** A local name, because a test's sandbox looks a global up at every use. */
export const FOREVER = Infinity;
