/** A number as people write it: decimal digits, a point, an exponent. NaN for 0x10, 1_000 and other text. */
export const decimalOf = (text: string): number =>
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN;
