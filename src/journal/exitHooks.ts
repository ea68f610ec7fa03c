let reason: string | undefined;

/** Says why the process is about to end before a run. */
export function explainExit(text: string): void {
  reason = text;
}

/** Why the process ends before a run. */
export const exitReason = (code: number): string =>
  reason ?? `the process ended before the run, with exit code ${code}`;

type Hook = (code: number) => void;

const hooks = new Set<Hook>();

const onExit = (code: number): void => {
  for (const hook of [...hooks]) hook(code);
};

/** Calls `hook` when the process ends, synchronously; returns how to call it off. */
export function onProcessExit(hook: Hook): () => void {
  // One listener for all: a process may record more runs at once than an emitter likes.
  if (hooks.size === 0) process.on('exit', onExit);
  hooks.add(hook);
  return () => {
    hooks.delete(hook);
    if (hooks.size === 0) process.off('exit', onExit);
  };
}
