import { grouped, milliseconds, percent } from '../report/format';
import { speedUpTo } from '../report/speedText';
import type { Unit } from './metrics';

const TEXTS: Readonly<Record<Unit, (value: number) => string>> = {
  speed: speedUpTo,
  share: percent,
  ms: milliseconds,
  // What a multiplication leaves behind the last digit is none of it.
  count: (value) => grouped(Number(value.toPrecision(12))),
};

export const valueText = (unit: Unit, value: number): string => TEXTS[unit](value);
