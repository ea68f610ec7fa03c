/** Work that waits for the next turn of the event loop; `work` is undefined once it is canceled. */
interface Posted {
  work: (() => void) | undefined;
}

/** What `onNextTurn` returns: `setImmediate`'s handle, the message, or `setTimeout`'s handle. */
export type NextTurn =
  | { readonly immediate: ReturnType<typeof setImmediate> }
  | { readonly posted: Posted }
  | { readonly timeout: ReturnType<typeof setTimeout> };

const posts: Posted[] = [];
type Port = InstanceType<typeof MessageChannel>['port1'];

let port: Port | undefined;

/**
 * Runs work in the next turn of the event loop: by `setImmediate` in Node, Deno and Bun, by a message in
 * browsers (which delay nested timers by 4 ms), by `setTimeout` elsewhere. The globals are looked up at
 * each call, because fake timers replace them.
 */
export function onNextTurn(work: () => void): NextTurn {
  if (typeof setImmediate === 'function') return { immediate: setImmediate(work) };
  if (typeof MessageChannel !== 'function') return { timeout: setTimeout(work) };
  const posted: Posted = { work };
  posts.push(posted);
  port ??= openPort();
  port.postMessage(undefined);
  return { posted };
}

export function cancelTurn(turn: NextTurn | undefined): void {
  if (turn === undefined) return;
  if ('immediate' in turn) clearImmediate(turn.immediate);
  else if ('posted' in turn) turn.posted.work = undefined;
  else clearTimeout(turn.timeout);
}

function openPort(): Port {
  const { port1, port2 } = new MessageChannel();
  // The property, because Node's types and the browsers' agree on nothing else.
  Object.assign(port1, {
    onmessage: () => {
      posts.shift()?.work?.();
    },
  });
  return port2;
}
