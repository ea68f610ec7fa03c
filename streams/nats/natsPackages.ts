import { requireOptional } from '../optionalPackage';

/** The client of NATS: packages that are installed where they are used. */
export function requireNats(): typeof import('@nats-io/transport-node') &
  typeof import('@nats-io/jetstream') {
  const transport = requireOptional(
    '@nats-io/transport-node',
    'NATS',
    () => require('@nats-io/transport-node') as typeof import('@nats-io/transport-node'),
  );
  const stream = requireOptional(
    '@nats-io/jetstream',
    'NATS',
    () => require('@nats-io/jetstream') as typeof import('@nats-io/jetstream'),
  );
  return { ...transport, ...stream };
}
