/** Loads what a replay needs, with the first replay: tests of operators alone do without. */
export const loadReplay = (): typeof import('./marbleReplay') =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- at once: marble time has no await.
  require('./marbleReplay') as typeof import('./marbleReplay');
