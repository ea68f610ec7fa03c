export const PLANS: Readonly<
  Record<'constant' | 'minute' | 'rare' | 'leak' | 'calm', (n: number) => number>
>;
