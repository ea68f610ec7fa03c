import { grouped } from './format';

/** Three digits of what is small, whole numbers of the rest. */
function digits(speed: number, round: (value: number) => number): string {
  if (speed >= 100) return grouped(round(speed));
  const unit = 10 ** (Math.floor(Math.log10(speed)) - (speed >= 10 ? 1 : 2));
  // What a division leaves behind the last digit is none of it.
  const exact = Number((speed / unit).toPrecision(12));
  return String(Number((round(exact) * unit).toPrecision(3)));
}

/** A speed up to which something holds: rounded down. */
export function speedUpTo(speed: number): string {
  if (speed === Infinity) return 'any speed';
  return speed === 0 ? '0×' : `${digits(speed, Math.floor)}×`;
}

/** A speed from which on something holds: rounded up. */
export function speedFrom(speed: number): string {
  if (speed === Infinity) return 'no speed';
  return speed === 0 ? 'any speed' : `${digits(speed, Math.ceil)}×`;
}
