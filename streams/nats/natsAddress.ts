import { isLoopback } from '../loopback';
import { NatsError } from './natsError';

/** A server, and what follows its address: `nats://host:4222/NAME`. */
export interface NatsAddress {
  /** `host:port`. */
  readonly server: string;
  readonly isEncrypted: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** What stands behind the server: the name of a sweep or of a stream; `''` where nothing does. */
  readonly path: string;
  /** The address without credentials, for messages. */
  readonly text: string;
}

export const isNatsAddress = (text: string): boolean => /^(nats|tls):\/\//i.test(text);

/** Reads `nats://[user[:password]@]host[:port][/name]`, or `tls://…`; throws a `NatsError`. */
export function parseNatsAddress(address: string): NatsAddress {
  const url = isNatsAddress(address) && URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.hostname === '' || url.search !== '' || url.hash !== '') {
    // The part before @ may hold a password.
    const shown = address.replace(/\/\/.*@/, '//…@');
    throw new NatsError('NATS_ADDRESS', shown, 'must be an address such as nats://localhost:4222');
  }
  const server = `${url.hostname}:${url.port === '' ? '4222' : url.port}`;
  const given = (text: string) => (text === '' ? undefined : decodeURIComponent(text));
  return {
    server,
    isEncrypted: url.protocol === 'tls:',
    user: given(url.username),
    password: given(url.password),
    path: decodeURIComponent(url.pathname.replace(/^\/+|\/+$/g, '')),
    text: `${url.protocol}//${server}`,
  };
}

/** Throws a `NatsError` for plain text to another machine, unless that is allowed. */
export function checkEncryption(
  { server, isEncrypted, text }: NatsAddress,
  isInsecure: boolean,
): void {
  const host = server.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  if (isEncrypted || isInsecure || isLoopback(host)) return;
  throw new NatsError(
    'NATS_INSECURE',
    text,
    'is another machine, and nats:// is not encrypted. Use tls://, or allow it by --insecure',
  );
}
