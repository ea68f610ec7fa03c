import { Holding, Readiness, serve } from '../../operators';

describe('a holding', () => {
  it('holds nothing at first, unless it is said to', () => {
    expect([new Holding().holds, new Holding(true).holds]).toEqual([false, true]);
  });

  it('says what it holds to whoever asks and whoever listens, late ones too', () => {
    const holding = new Holding();
    const heard: boolean[] = [];
    holding.next(true);
    holding.subscribe((holds) => heard.push(holds));
    holding.next(false);
    expect(heard).toEqual([true, false]);
    expect([holding.holds, holding.value]).toEqual([false, false]);
  });

  it('is switched in one order for all who listen, from within one of them too', () => {
    const holding = new Holding();
    const heard: string[] = [];
    holding.subscribe((holds) => {
      heard.push(`a ${holds}`);
      if (holds) holding.next(false);
    });
    holding.subscribe((holds) => heard.push(`b ${holds}`));
    heard.length = 0;
    holding.next(true);
    expect(heard).toEqual(['a true', 'b true', 'a false', 'b false']);
  });

  it('is no readiness, which means the opposite: the type check refuses one', () => {
    expect(new Holding()).not.toBeInstanceOf(Readiness);
    // @ts-expect-error A readiness has no `holds`.
    serve(() => undefined, { downstream: new Readiness() });
  });
});
