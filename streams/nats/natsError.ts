import { BarometerError } from '../../operators/errors';

export type NatsErrorCode =
  'NATS_ADDRESS' | 'NATS_UNREACHABLE' | 'NATS_REFUSED' | 'NATS_NO_JETSTREAM' | 'NATS_INSECURE';

/** A server of NATS cannot be used. */
export class NatsError extends BarometerError {
  override readonly name = 'NatsError';

  constructor(
    override readonly code: NatsErrorCode,
    /** Its address, without credentials. */
    readonly server: string,
    found: string,
    options?: ErrorOptions,
  ) {
    super(`${server}: ${found}`, options);
  }
}
