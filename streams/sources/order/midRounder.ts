/**
 * Rounds a mid to fifteen digits, which are more than its sides have: the mean of 41782.41 and 41782.426
 * is 41782.418, and not the double beside it. The scale is that of the price before, as long as it fits.
 */
export function midRounder(): (mid: number) => number {
  let least = NaN;
  let beyond = NaN;
  let scale = 1;
  return (mid) => {
    const size = mid < 0 ? -mid : mid;
    if (!(size >= least && size < beyond)) {
      const digits = Math.floor(Math.log10(size));
      if (!(digits > -8 && digits < 14)) return mid;
      least = 10 ** digits;
      beyond = least * 10;
      scale = 10 ** (14 - digits);
    }
    return Math.round(mid * scale) / scale;
  };
}
