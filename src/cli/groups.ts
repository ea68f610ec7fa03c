import { openGroup } from '../cluster/group';
import type { Group, GroupReader } from '../cluster/member';
import { terminalText } from '../report/terminalText';
import { natsOptionsOf } from './options/nats';
import { UsageError } from './usageError';

/** Added to the help of commands that show one run, or several as one. */
export const GROUP_HELP =
  'A folder of results, or nats://HOST/NAME of a sweep or a publication, is shown as one run.';

/** Opens what an argument names; throws a `UsageError` where that is no group. */
export async function groupFor(
  argument: string,
  access: Parameters<typeof natsOptionsOf>[0],
): Promise<GroupReader> {
  const reader = await openGroup(argument, natsOptionsOf(access));
  if (reader === undefined) throw new UsageError(`${argument} is no folder`);
  return reader;
}

export const nothingIn = ({ name }: Group): UsageError =>
  new UsageError(`${terminalText(name)} has no result of a run`);
