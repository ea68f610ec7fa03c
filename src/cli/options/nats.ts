import type { Command } from 'commander';
import { z } from 'zod';
import type { NatsOptions } from '../../../streams/nats/openNats';
import { given } from './readOptions';

/** How a server of NATS is reached, for every command that may use one. */
export const withNatsAccess = (command: Command): Command =>
  command
    .option('--nats-creds <file>', 'credentials of a NATS user, as nsc writes them')
    .option('--nats-ca <file>', "certificates to check the NATS server's against, for tls://")
    .option('--insecure', 'allow nats://, which is plain text, to another machine');

export const natsShape = {
  natsCreds: z.string().min(1, 'must be the name of a file').optional(),
  natsCa: z.string().min(1, 'must be the name of a file').optional(),
  insecure: z.boolean().default(false),
};

export const natsOptionsOf = (read: {
  readonly natsCreds?: string | undefined;
  readonly natsCa?: string | undefined;
  readonly insecure: boolean;
}): NatsOptions =>
  given({ credentials: read.natsCreds, certificates: read.natsCa, insecure: read.insecure });
