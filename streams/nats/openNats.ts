import { readFileSync } from 'node:fs';
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import { causeText } from '../causeText';
import { checkEncryption, parseNatsAddress } from './natsAddress';
import type { NatsAddress } from './natsAddress';
import { NatsError } from './natsError';
import { requireNats } from './natsPackages';

export interface NatsOptions {
  /** File with the credentials of a user, as `nsc` writes it. */
  readonly credentials?: string;
  /** File with the certificates that the server's is checked against; those of Node.js unless given. */
  readonly certificates?: string;
  /** Allows plain text to another machine; false unless given. */
  readonly insecure?: boolean;
}

/** A connection that outlives restarts of the server. */
export interface Nats {
  readonly address: NatsAddress;
  readonly connection: NatsConnection;
  readonly jetstream: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly close: () => Promise<void>;
}

/** Milliseconds that the first connection may take; later ones are tried again and again. */
const CONNECT_TIMEOUT = 5_000;
const RECONNECT_WAIT = 250;
/** A server that is gone without a word is noticed after two of these. */
const PING_INTERVAL = 10_000;

/** Connects to a server with JetStream; rejects with a `NatsError` that says what to do. */
export async function openNats(url: string, options: NatsOptions = {}): Promise<Nats> {
  const address = parseNatsAddress(url);
  checkEncryption(address, options.insecure ?? false);
  const { connect, credsAuthenticator, jetstream, jetstreamManager } = requireNats();
  const { server, isEncrypted, user, password, text } = address;
  const { credentials, certificates } = options;
  const settings: ConnectionOptions = {
    servers: server,
    name: 'barometer',
    timeout: CONNECT_TIMEOUT,
    reconnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_WAIT,
    pingInterval: PING_INTERVAL,
    ...(user === undefined
      ? {}
      : password === undefined
        ? { token: user }
        : { user, pass: password }),
    ...(credentials === undefined
      ? {}
      : { authenticator: credsAuthenticator(readFileSync(credentials)) }),
    tls: isEncrypted ? (certificates === undefined ? {} : { caFile: certificates }) : null,
  };
  let connection: NatsConnection;
  try {
    connection = await connect(settings);
  } catch (error) {
    throw notConnected(text, error);
  }
  try {
    const manager = await jetstreamManager(connection);
    return {
      ...{ address, connection, manager },
      jetstream: jetstream(connection),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw new NatsError(
      'NATS_NO_JETSTREAM',
      text,
      `has no JetStream (${causeText(error)}). Start the server with it: nats-server -js`,
      { cause: error },
    );
  }
}

function notConnected(text: string, error: unknown): NatsError {
  const { name = '', message = '' } = error as Partial<Error>;
  if (/Authorization|Authentication|Permission/i.test(`${name} ${message}`)) {
    return new NatsError('NATS_REFUSED', text, `refuses the credentials: ${message}`, {
      cause: error,
    });
  }
  return new NatsError(
    'NATS_UNREACHABLE',
    text,
    `cannot be reached: ${causeText(error)}. Is a server running there? nats-server -js starts one`,
    { cause: error },
  );
}
