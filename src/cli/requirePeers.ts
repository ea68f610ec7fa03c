import { writeSync } from 'node:fs';

/** Packages that every command needs: a peer, which `npm ci --omit=dev` in a checkout does not install, and an optional one. */
const PEERS = ['rxjs', 'commander'];

/** The sentence for the first peer that is not installed; undefined where all are. */
export function missingPeer(resolve: (name: string) => unknown): string | undefined {
  for (const name of PEERS) {
    try {
      resolve(name);
    } catch {
      return `the package ${name} is not installed. Install it beside barometer: npm install ${name}`;
    }
  }
  return undefined;
}

const missing = missingPeer((name) => require.resolve(name));
if (missing !== undefined) {
  writeSync(2, `barometer: ${missing}\n`);
  process.exit(1);
}
