import type { Decoder } from './decoder';

/** An object in a list of a JSON document, and the keys that lead to it, outermost first. */
export interface JsonRow {
  readonly keys: readonly string[];
  /** The text of the object, which may be damaged. */
  readonly json: string;
}

/** Thrown where a document is none. */
export class DamagedJson extends Error {}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

interface Level {
  readonly isList: boolean;
  /** The key under which the value stands that is being read. */
  key: string;
}

/**
 * Finds the objects that lie in lists, however long the document is: `{"a": {"b": [{…}, {…}]}}` has
 * two, under the keys a and b. Several documents may follow one another.
 */
export function jsonRows(take: (row: JsonRow) => void): Decoder & { readonly depth: number } {
  const levels: Level[] = [];
  let held: Buffer[] = [];
  let string = '';
  let inString = false;
  let escaped = false;
  /** How deep the reader is in an object of a list; 0 outside of one. */
  let inRow = 0;

  const open = (isList: boolean): void => {
    if (levels.length > 0 || !isList) {
      levels.push({ isList, key: '' });
      return;
    }
    throw new DamagedJson('a document does not begin with an object');
  };
  const close = (isList: boolean): void => {
    const level = levels.pop();
    if (level?.isList !== isList) throw new DamagedJson('brackets do not match');
  };
  const endRow = (last: Buffer): void => {
    const json = Buffer.concat([...held, last]).toString('utf8');
    held = [];
    take({ keys: levels.filter(({ isList }) => !isList).map(({ key }) => key), json });
  };

  return {
    get depth() {
      return levels.length + inRow;
    },
    push: (bytes) => {
      let from = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at];
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) {
            inString = false;
            if (inRow === 0) string += bytes.toString('utf8', from, at);
          }
        } else if (byte === QUOTE) {
          inString = true;
          if (inRow === 0) {
            string = '';
            from = at + 1;
          }
        } else if (inRow > 0) {
          if (byte === OPEN_OBJECT || byte === OPEN_LIST) inRow += 1;
          else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
            inRow -= 1;
            if (inRow === 0) endRow(bytes.subarray(from, at + 1));
          }
        } else if (byte === OPEN_OBJECT) {
          if (levels.at(-1)?.isList === true) {
            inRow = 1;
            from = at;
          } else open(false);
        } else if (byte === OPEN_LIST) open(true);
        else if (byte === CLOSE_OBJECT) close(false);
        else if (byte === CLOSE_LIST) close(true);
        else if (byte === COLON) {
          const level = levels.at(-1);
          if (level === undefined || level.isList) throw new DamagedJson('a key is out of place');
          level.key = unescaped(string);
        }
      }
      if (inRow > 0) held.push(bytes.subarray(from));
      else if (inString) string += bytes.toString('utf8', from);
    },
    end: () => {
      if (levels.length + inRow > 0 || inString) throw new DamagedJson('unexpected end of file');
    },
  };
}

function unescaped(key: string): string {
  if (!key.includes('\\')) return key;
  try {
    return JSON.parse(`"${key}"`) as string;
  } catch {
    throw new DamagedJson(`the key ${key} cannot be read`);
  }
}
