/** Errors of the system come from outside of a test's realm, where `instanceof` does not know them. */
const field = (error: unknown, name: 'message' | 'code'): string | undefined => {
  if (typeof error !== 'object' || error === null || !(name in error)) return undefined;
  const value: unknown = (error as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
};

/** The first line of what an error says. */
export const messageOf = (error: unknown): string =>
  (field(error, 'message') ?? String(error)).split('\n', 1)[0] ?? '';

/** The system's name for it, such as ENOENT. */
export const codeOf = (error: unknown): string | undefined => field(error, 'code');
