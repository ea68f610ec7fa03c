import { requireOptional } from '../optionalPackage';

type Transport = typeof import('@nats-io/transport-node');
type JetStream = typeof import('@nats-io/jetstream');

/** What is used of the client of NATS. */
export type NatsClient = Pick<Transport, 'connect' | 'credsAuthenticator'> &
  Pick<JetStream, 'jetstream' | 'jetstreamManager'>;

/** Loads the client: packages that are installed where they are used. */
export function requireNats(): NatsClient {
  const transport = requireOptional(
    '@nats-io/transport-node',
    'NATS',
    () => require('@nats-io/transport-node') as Transport,
  );
  const stream = requireOptional(
    '@nats-io/jetstream',
    'NATS',
    () => require('@nats-io/jetstream') as JetStream,
  );
  return { ...transport, ...stream };
}
