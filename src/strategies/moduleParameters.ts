import { z } from 'zod';
import { UnusableStrategyError } from './unusableStrategyError';

export type Parameters = Readonly<Record<string, string | number | boolean>>;

/** As much of a zod schema as is used of it: the user's zod may be another version than ours. */
interface Schema {
  readonly safeParse: (
    value: unknown,
  ) =>
    | { readonly success: true; readonly data: unknown }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
  readonly shape?: unknown;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What a module says of its parameters: a zod schema, or a list of their names. */
export type Declared = Schema | readonly string[];

/** The export `parameters` of a module, be it of an ES module, of its default export or of `module.exports`. */
export function declaredParameters(path: string, module: unknown): Declared | undefined {
  const places = isObject(module) && 'default' in module ? [module, module.default] : [module];
  const declared = places
    .filter(isObject)
    .map((place) => (place as { readonly parameters?: unknown }).parameters)
    .find((value) => value !== undefined);
  if (declared === undefined) return undefined;
  if (Array.isArray(declared) && declared.every((name) => typeof name === 'string'))
    return declared;
  if (isObject(declared) && 'safeParse' in declared) return declared as Schema;
  throw new UnusableStrategyError(
    path,
    'its export `parameters` is neither a zod schema nor a list of names',
    "Write export const parameters = z.object({ length: z.int().default(20) }), or ['length'].",
  );
}

/** The names of the parameters; undefined where the schema is not that of an object. */
export function namesOf(declared: Declared): readonly string[] | undefined {
  if (!('safeParse' in declared)) return declared;
  return isObject(declared.shape) ? Object.keys(declared.shape) : undefined;
}

/**
 * Parameters as the module declares them, with its defaults. Throws an `UnusableStrategyError` for a name
 * that it does not have, and for a value that its schema refuses.
 */
export function checkedParameters(path: string, declared: Declared, given: Parameters): Parameters {
  const names = namesOf(declared);
  const unknown = Object.keys(given).find((name) => names?.includes(name) === false);
  if (unknown !== undefined) {
    const known = names?.join(', ');
    throw new UnusableStrategyError(
      path,
      `there is no parameter "${unknown}"`,
      known === '' ? 'It takes none.' : `There are ${known ?? ''}.`,
    );
  }
  if (!('safeParse' in declared)) return given;
  const result = declared.safeParse(given);
  if (result.success) return result.data as Parameters;
  const [issue] = result.error.issues;
  const name = issue?.path.map(String).join('.') ?? '';
  const written = Object.hasOwn(given, name) ? `${name} is ${String(given[name])}` : name;
  throw new UnusableStrategyError(
    path,
    `parameter ${written}: ${issue?.message ?? 'is wrong'}`,
    '',
  );
}

/** A line for each parameter: its name, and what its schema says of it. */
export function parameterLines(declared: Declared): string[] {
  const names = namesOf(declared) ?? [];
  const properties = 'safeParse' in declared ? propertiesOf(declared) : {};
  const width = names.reduce((most, name) => Math.max(most, name.length), 0);
  return names.map((name) => `${name.padEnd(width)}  ${textOf(properties[name])}`.trimEnd());
}

interface Property {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exclusiveMinimum?: unknown;
  readonly default?: unknown;
  readonly description?: unknown;
}

/** A schema of another zod may not be understood; its names are known all the same. */
function propertiesOf(schema: Schema): Readonly<Record<string, Property>> {
  try {
    const options = { io: 'input', unrepresentable: 'any' } as const;
    const json = z.toJSONSchema(schema as unknown as z.ZodType, options);
    return (json.properties ?? {}) as Readonly<Record<string, Property>>;
  } catch {
    return {};
  }
}

function textOf(property: Property = {}): string {
  const { type, enum: values, minimum, maximum, exclusiveMinimum, description } = property;
  // Integers have the limits of safe ones, which say nothing.
  const limit = (word: string, value: unknown): string | undefined =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER
      ? `${word} ${value}`
      : undefined;
  const text = [
    values === undefined ? type : values.join(' | '),
    limit('at least', minimum),
    limit('more than', exclusiveMinimum),
    limit('at most', maximum),
    description,
  ].filter((part) => typeof part === 'string');
  const preset =
    property.default === undefined ? '' : ` (default: ${JSON.stringify(property.default)})`;
  return `${text.join(', ')}${preset}`;
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';
