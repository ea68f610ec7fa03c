import { createColors } from 'picocolors';
import type { Grade } from './grades';

type Painter = (text: string) => string;

export interface Paint {
  readonly heading: Painter;
  readonly note: Painter;
  readonly good: Painter;
  readonly warning: Painter;
  readonly alarm: Painter;
  readonly grade: (grade: Grade, text: string) => string;
}

/** Colors for a terminal, or none. */
export function paintWith(color: boolean): Paint {
  const { bold, dim, green, yellow, red } = createColors(color);
  const grades: Readonly<Record<Grade, Painter>> = {
    perfect: green,
    low: green,
    medium: yellow,
    high: red,
    'n/a': dim,
  };
  return {
    heading: bold,
    note: dim,
    good: green,
    warning: yellow,
    alarm: red,
    grade: (grade, text) => grades[grade](text),
  };
}
