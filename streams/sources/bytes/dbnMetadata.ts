/** What stands at the beginning of a DBN file. */
export interface DbnMetadata {
  readonly version: number;
  readonly schema: number;
  /** Where the records begin. */
  readonly length: number;
  /** Name of an instrument on a day, YYYYMMDD. */
  symbolOf(instrument: number, day: number): string;
}

const HEADER = 8;
const SCHEMA_AT = 24;
const SYMBOLS_AT = 112;
const INSTRUMENT_ID = 0;

/** Longer than the names of every instrument that there is. */
const LONGEST = 256 * 1024 * 1024;

export class DamagedDbn extends Error {}

/** Bytes that the metadata take, as soon as that is known. */
export function dbnMetadataLength(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER) return undefined;
  const length = HEADER + bytes.readUInt32LE(4);
  if (length > LONGEST || length < SYMBOLS_AT) {
    throw new DamagedDbn(`its metadata claim to be ${length} bytes long`);
  }
  return length;
}

export const dbnVersion = (bytes: Buffer): number => bytes.readUInt8(3);
export const dbnSchema = (bytes: Buffer): number => bytes.readUInt16LE(SCHEMA_AT);

interface Mapping {
  readonly from: number;
  readonly to: number;
  readonly symbol: string;
}

/** Reads the metadata, which are whole. Throws `DamagedDbn` where they do not hold what they claim to. */
export function readDbnMetadata(bytes: Buffer): DbnMetadata {
  const version = dbnVersion(bytes);
  const stypes = version === 1 ? 58 : 50;
  const stypeIn = bytes.readUInt8(stypes);
  const stypeOut = bytes.readUInt8(stypes + 1);
  const nameLength = version === 1 ? 22 : bytes.readUInt16LE(53);
  let at = SYMBOLS_AT - 4;

  const take = (length: number): number => {
    const from = at;
    at += length;
    if (length < 0 || at > bytes.length) throw new DamagedDbn('its metadata end too early');
    return from;
  };
  const number = (): number => bytes.readUInt32LE(take(4));
  const name = (): string => {
    const from = take(nameLength);
    const end = bytes.indexOf(0, from);
    return bytes.toString('latin1', from, end < 0 || end > at ? at : end);
  };
  const count = (): number => {
    const length = number();
    if (length > bytes.length) throw new DamagedDbn('its metadata end too early');
    return length;
  };

  take(number());
  for (let list = 0; list < 3; list += 1) take(count() * nameLength);
  const mappings = new Map<number, Mapping[]>();
  for (let left = count(); left > 0; left -= 1) {
    const raw = name();
    for (let intervals = count(); intervals > 0; intervals -= 1) {
      const from = number();
      const to = number();
      const mapped = name();
      const byId = stypeOut === INSTRUMENT_ID || stypeIn !== INSTRUMENT_ID;
      const id = Number(byId ? mapped : raw);
      if (!Number.isInteger(id) || mapped === '') continue;
      const known = mappings.get(id) ?? [];
      known.push({ from, to, symbol: byId ? raw : mapped });
      mappings.set(id, known);
    }
  }

  return {
    version,
    schema: dbnSchema(bytes),
    length: bytes.length,
    symbolOf: (instrument, day) => {
      const known = mappings.get(instrument) ?? [];
      const valid = known.find(({ from, to }) => from <= day && day < to);
      return (valid ?? known[0])?.symbol ?? String(instrument);
    },
  };
}
