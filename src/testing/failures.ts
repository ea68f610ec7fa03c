import { MarbleError } from './marbleError';
import type { Ending } from './marbleReplay';

/** Something to look at when the test is over. */
export interface Expectation {
  readonly name: string;
  /** Where the test states it: the stack from there. */
  readonly site: string;
  /** What is different, if anything is. */
  readonly differs: () => string | undefined;
}

/** The stack of anyone who called `called`. */
export function siteOf(called: (...args: never[]) => unknown): string {
  const site = new Error();
  // V8 alone can leave out our own frames; elsewhere the test is a few lines further down.
  (Error as Partial<ErrorConstructor>).captureStackTrace?.(site, called);
  return (site.stack ?? '').replace(/^.*\n/, '');
}

/** Throws one `MarbleError` for all that is wrong; it points at the first expectation that does not hold. */
export function verdictOn(expected: readonly Expectation[], endings: readonly Ending[]): void {
  const wrong = expected.flatMap(({ name, site, differs }) => {
    const text = differs();
    return text === undefined ? [] : [{ text: `${name}\n${indented(text)}`, site }];
  });
  const [first] = wrong;
  const remarks = endings.flatMap(remarkOn);
  const failed = endings.some(({ outcome }) => outcome === 'failed');
  if (first === undefined && !failed) return;

  const summary =
    first === undefined ? [] : [`${wrong.length} of ${expected.length} expectations do not hold:`];
  const message = [...remarks, ...summary, ...wrong.map(({ text }) => text)].join('\n\n');
  const error = new MarbleError(failed ? 'MARBLE_RUN' : 'MARBLE_EXPECTATION', message);
  if (first !== undefined) error.stack = `${error.name}: ${message}\n${first.site}`;
  throw error;
}

function remarkOn({ outcome, error }: Ending): string[] {
  if (outcome === 'failed') return [`The replay failed: ${error ?? ''}`];
  if (outcome === undefined) return ['The replay has not come to its end; is it paused?'];
  return [];
}

const indented = (text: string): string => text.replace(/^/gm, '  ');
