import type { RunSetup } from '../journal';
import { textOf } from '../strategies/strategyReference';

/** Something that two runs were asked to do differently, or were made of. */
export interface SetupChange {
  /** An option, `strategies`, `files`, `commit`, or `code of` a module. */
  readonly name: string;
  /** Absent where a run does not have it. */
  readonly before?: string;
  readonly after?: string;
}

/** What differs in how two runs were made; nothing where the journal of one does not say. */
export function setupChanges(before?: RunSetup, after?: RunSetup): SetupChange[] {
  if (before === undefined || after === undefined) return [];
  const [one, other] = [factsOf(before), factsOf(after)];
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].flatMap((name) => {
    const [a, b] = [one.get(name), other.get(name)];
    if (a === b) return [];
    return [
      { name, ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }) },
    ];
  });
}

function factsOf({ options, strategies, inputs = [], git }: RunSetup): Map<string, string> {
  const made = strategies.map(({ name, module = name, parameters = {} }) =>
    textOf({ module, parameters }),
  );
  const hashes = strategies.flatMap(({ module = '', sha256 }) =>
    sha256 === undefined ? [] : [[`code of ${module}`, sha256.slice(0, 12)] as const],
  );
  const given = Object.entries(options)
    .filter(([name]) => name !== 'strategy')
    .map(
      ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    );
  return new Map([
    ['strategies', made.join(' ')],
    ...hashes,
    ['files', inputs.map(({ path, bytes }) => `${path} (${bytes} bytes)`).join(', ')],
    ...given,
    ...(git === undefined
      ? []
      : ([['commit', `${git.commit.slice(0, 12)}${git.isDirty ? ' and changes' : ''}`]] as const)),
  ]);
}
