import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { peekJournal, livenessOf, openJournal } from '../../../src/journal';
import { eventAt } from './eventAt';
import { folder } from './given';

const path = folder();
const KILLS = 10;
const EVENTS = 5000;

/** Lets a process journal until so many events are acknowledged as safe, kills it, and returns how many were. */
async function killed(file: string, after: number): Promise<number> {
  const child = spawn(
    process.execPath,
    [
      '-r',
      'ts-node/register/transpile-only',
      join(__dirname, 'journalling.ts'),
      file,
      path('.'),
      String(EVENTS),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (acknowledged(said) >= after) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return acknowledged(said);
}

const acknowledged = (said: string): number => Number(said.split('\n').at(-2) ?? 0);

/** Checks the journal event by event; returns how many there are. */
async function eventsIn(file: string): Promise<number> {
  let count = 0;
  const { batches } = await openJournal(file);
  for await (const { entries } of batches) {
    expect(entries.map(({ event }) => event)).toEqual(entries.map(({ seq }) => eventAt(seq)));
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => count + index + 1));
    count += entries.length;
  }
  return count;
}

describe('kill -9', () => {
  it(`at ${KILLS} random moments loses nothing that was acknowledged as flushed`, async () => {
    for (let n = 0; n < KILLS; n += 1) {
      const file = path(`killed-${n}.ndjson`);
      const safe = await killed(file, Math.floor(Math.random() * EVENTS) + 1);
      expect(safe).toBeGreaterThan(0);
      expect(await eventsIn(file)).toBeGreaterThanOrEqual(safe);
      const { header, last } = await peekJournal(file);
      expect(livenessOf(header, last?.event.type === 'finished')).toBe('interrupted');
    }
  }, 120_000);
});
