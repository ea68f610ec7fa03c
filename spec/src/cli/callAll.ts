import { barometer } from './barometer';

/** Started by process.spec.ts: makes the calls of its last argument outside of jest, one after another. */
async function callAll(calls: readonly (readonly string[])[]): Promise<void> {
  const printed = [];
  for (const argv of calls) printed.push(await barometer(argv));
  console.log(JSON.stringify(printed));
}

void callAll(JSON.parse(process.argv.at(-1) ?? '[]') as string[][]);
