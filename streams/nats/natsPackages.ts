import { loadOptional } from '../optionalPackage';

/** The client of NATS: a peer that is installed where it is used. */
export async function loadNats() {
  const purpose = 'NATS';
  const [transport, stream] = await Promise.all([
    loadOptional('@nats-io/transport-node', purpose, () => import('@nats-io/transport-node')),
    loadOptional('@nats-io/jetstream', purpose, () => import('@nats-io/jetstream')),
  ]);
  return { ...transport, ...stream };
}
