import { authorityOf, isLoopback } from '../server';
import type { Address } from '../server';
import type { Io } from './io';
import { TOKEN } from './options/exporters';
import { UsageError } from './usageError';

/** The token of a server: the option, or what the environment has. Throws a `UsageError` where one is needed. */
export function tokenFor(
  { host }: Address,
  { token }: { readonly token?: string | undefined },
  { env }: Pick<Io, 'env'>,
): { readonly token?: string } {
  const found = token ?? (env['BAROMETER_TOKEN'] || undefined);
  if (found !== undefined && !TOKEN.safeParse(found).success) {
    throw new UsageError('BAROMETER_TOKEN must be at least 22 letters, digits, - and _');
  }
  if (found === undefined && !isLoopback(host)) {
    throw new UsageError(
      `others can reach ${host}: give a token by --token or BAROMETER_TOKEN, such as \`openssl rand -hex 16\` prints`,
    );
  }
  return found === undefined ? {} : { token: found };
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'this host is unknown',
};

/** Why a server cannot listen. */
export function listenFailure(error: unknown, address: Address): UsageError {
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException;
  return new UsageError(`cannot listen on ${authorityOf(address)}: ${REASONS[code] ?? message}`);
}
