/** A number that one thread counts and another one reads. */
export const countCell = (): SharedArrayBuffer => new SharedArrayBuffer(4);

export const countIn = (memory: SharedArrayBuffer): number => new Int32Array(memory)[0] as number;

export function countNotReady(memory: SharedArrayBuffer): (isReady: boolean) => void {
  const cells = new Int32Array(memory);
  return (isReady) => {
    if (!isReady) cells[0] = (cells[0] as number) + 1;
  };
}

/** A list that one thread appends to and another thread reads after the run. */
export const listCell = (capacity: number): SharedArrayBuffer =>
  new SharedArrayBuffer(8 * (capacity + 1));

export function appendTo(memory: SharedArrayBuffer): (value: number) => void {
  const cells = new Float64Array(memory);
  return (value) => {
    const at = (cells[0] as number) + 1;
    if (at >= cells.length) throw new RangeError(`there is room for ${cells.length - 1} numbers`);
    cells[0] = at;
    cells[at] = value;
  };
}

export function listIn(memory: SharedArrayBuffer): readonly number[] {
  const [length = 0, ...values] = new Float64Array(memory);
  return values.slice(0, length);
}
