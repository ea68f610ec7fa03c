/**
 * Characters that a terminal obeys or that reorder a line: C0, DEL, C1, line and paragraph
 * separators, and the controls of bidirectional text.
 */
const CONTROLS =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
const CONTROL = new RegExp(CONTROLS.source);

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const hex = (character: string, digits: number): string =>
  character.charCodeAt(0).toString(16).padStart(digits, '0');

const visible = (character: string): string =>
  SHORT[character] ??
  (character < '\u0100' ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`);

/** Text of unknown origin as a terminal may show it, on one line: controls become visible escapes. */
export const terminalText = (text: string): string =>
  CONTROL.test(text) ? text.replace(CONTROLS, visible) : text;

/** The same for text of our own that has several lines. */
export const terminalLines = (text: string): string =>
  text.split('\n').map(terminalText).join('\n');

/** A value whose every text, names of properties included, has passed `terminalText`; itself where nothing changes. */
export function terminalSafe<T>(value: T): T {
  return safe(value) as T;
}

function safe(value: unknown): unknown {
  if (typeof value === 'string') return terminalText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const at = items.findIndex((item) => safe(item) !== item);
    return at === -1 ? value : [...items.slice(0, at), ...items.slice(at).map(safe)];
  }
  // A value that needs no change costs no copy: a report has an entry for each of 100,000 symbols.
  const record = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(record)) {
    if (terminalText(name) !== name || safe(record[name]) !== record[name]) {
      return Object.fromEntries(
        Object.entries(record).map(([each, part]) => [terminalText(each), safe(part)]),
      );
    }
  }
  return value;
}

/** JSON that a terminal may show: the same value, with every control as an escape. */
export const terminalJson = (value: unknown, space?: number): string =>
  JSON.stringify(value, null, space).replace(CONTROLS, (character) =>
    character === '\n' ? character : `\\u${hex(character, 4)}`,
  );
