/** How many milliseconds a source has to close itself before nobody waits for it any more. */
const PATIENCE = 250;

/** Waits for `closed`, but not for ever. */
export async function settleWithin(
  closed: Promise<void> | undefined,
  patience = PATIENCE,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([closed, enough]);
  clearTimeout(timer);
}
