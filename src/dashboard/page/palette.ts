/** Okabe and Ito's colors, which people with any color vision tell apart; each comes with a word. */
const NAMES = [
  'text',
  'line',
  'soft',
  'perfect',
  'low',
  'medium',
  'high',
  'busy',
  'blocked',
] as const;

export type ColorName = (typeof NAMES)[number];

let known: Readonly<Record<ColorName, string>> | undefined;

/** The colors of the page as a canvas needs them; they change with the color scheme. */
export function paletteOf(): Readonly<Record<ColorName, string>> {
  if (known === undefined) {
    const style = getComputedStyle(document.documentElement);
    known = Object.fromEntries(
      NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
    ) as Record<ColorName, string>;
  }
  return known;
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  known = undefined;
});
