import { Flag, Readiness } from '../../operators';

describe.each([
  ['Flag', (value: boolean) => new Flag(value)],
  ['Readiness', (value: boolean) => new Readiness(value)],
])('%s: an observer that comes from within a listener', (_name, make) => {
  const joined = (after: (flag: Flag) => void): boolean[] => {
    const flag = make(false);
    const seen: boolean[] = [];
    let joins = true;
    flag.listen(
      () => {
        if (!joins) return;
        joins = false;
        after(flag);
        flag.subscribe((value) => seen.push(value));
      },
      () => undefined,
    );
    flag.next(true);
    return seen;
  };

  it('begins with the value that the listener was told of', () => {
    expect(joined(() => undefined)).toEqual([true]);
  });

  it('then sees what was switched meanwhile, in order', () => {
    expect(joined((flag) => flag.next(false))).toEqual([true, false]);
  });
});
