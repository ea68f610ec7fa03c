const LONGEST_TEXT = 100;

/** How much of a value is shown. */
interface Extent {
  /** Levels of objects in objects. */
  readonly depth: number;
  /** Entries of an object or a list. */
  readonly entries: number;
  /** Characters in all. */
  readonly length: number;
}

/** A value as text, on one line and cut short. It never throws, and runs in browsers. */
export function valueText(value: unknown, extent: Extent): string {
  try {
    return cut(textOf(value, extent.depth, extent.entries), extent.length);
  } catch {
    return 'a value that cannot be shown';
  }
}

function textOf(value: unknown, depth: number, most: number): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return functionText(value);
  if (typeof value !== 'object' || value === null)
    return Object.is(value, -0) ? '-0' : String(value);
  if (value instanceof Error) return cut(`${value.name}: ${value.message}`);
  if (value instanceof Date)
    return String(value.getTime() >= -Infinity ? value.toISOString() : value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return listText(value as ArrayLike<unknown>, depth, most);
  }
  return recordText(value, depth, most);
}

function listText(list: ArrayLike<unknown>, depth: number, most: number): string {
  if (list.length === 0) return '[]';
  if (depth < 0) return '[…]';
  const first = Array.prototype.slice.call(list, 0, most) as unknown[];
  return `[${joined(
    first.map((item) => textOf(item, depth - 1, most)),
    list.length,
  )}]`;
}

function recordText(record: object, depth: number, most: number): string {
  const name = (Object.getPrototypeOf(record) as object | null)?.constructor?.name;
  if (name !== undefined && name !== 'Object') return `${name} {…}`;
  const entries = Object.entries(record);
  if (entries.length === 0) return '{}';
  if (depth < 0) return '{…}';
  const first = entries
    .slice(0, most)
    .map(([key, value]) => `${cut(key)}: ${textOf(value, depth - 1, most)}`);
  return `{ ${joined(first, entries.length)} }`;
}

function functionText(value: object): string {
  const { name } = value as { readonly name: unknown };
  return typeof name === 'string' && name !== '' ? `function ${cut(name)}` : 'a function';
}

const joined = (shownOnes: readonly string[], all: number): string =>
  [...shownOnes, ...(all > shownOnes.length ? [`… ${all - shownOnes.length} more`] : [])].join(
    ', ',
  );

const quoted = (text: string): string =>
  `'${cut(JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')).replaceAll("'", "\\'")}'`;

const cut = (text: string, longest = LONGEST_TEXT): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}…`;
