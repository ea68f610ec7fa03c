/** Bytes that it takes. */
export const LZMA_HEADER = 13;
/** How much is unpacked at the most: three million ticks. A file holds an hour of them, or a day of candles. */
export const LARGEST = 2 ** 26;

export interface LzmaHeader {
  readonly state: { readonly lc: number; readonly lp: number; readonly pb: number };
  readonly dictionary: number;
  /** Undefined where a marker stands at the end. */
  readonly size: number | undefined;
}

/** Throws an `Error` that says `unexpected end of file` where bytes are missing, or what else is wrong. */
export function readLzmaHeader(bytes: Uint8Array): LzmaHeader {
  if (bytes.length < LZMA_HEADER) throw new Error('unexpected end of file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const properties = view.getUint8(0);
  if (properties >= 9 * 5 * 5) throw new Error('its properties are none');
  const low = view.getUint32(5, true);
  const high = view.getUint32(9, true);
  const unknown = low === 0xffffffff && high === 0xffffffff;
  if (!unknown && (high !== 0 || low > LARGEST)) throw new Error('it claims to be too large');
  return {
    state: {
      lc: properties % 9,
      lp: Math.floor(properties / 9) % 5,
      pb: Math.floor(properties / 45),
    },
    dictionary: Math.max(view.getUint32(1, true), 4096),
    size: unknown ? undefined : low,
  };
}
