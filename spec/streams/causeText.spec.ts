import fc from 'fast-check';
import { causeText } from '../../streams/causeText';

describe('what was thrown', () => {
  const unreadable = new Error();
  Object.defineProperty(unreadable, 'message', {
    get: () => {
      throw new Error('no');
    },
  });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  it.each([
    ['an error', new Error('boom'), 'boom'],
    ['an error that says nothing', new RangeError(''), 'RangeError'],
    ['a text', 'boom', 'boom'],
    ['a number', 1, '1'],
    ['nothing', undefined, 'undefined'],
    ['a symbol', Symbol('x'), 'Symbol(x)'],
    ['a bigint', 1n, '1'],
    ['an object', { code: 5 }, '{ code: 5 }'],
    ['an object without a prototype', Object.create(null), '[Object: null prototype] {}'],
    ['an error whose message is none', Object.assign(new Error(), { message: 5 }), '5'],
    ['an error that cannot be read', unreadable, 'something that cannot be shown'],
  ])('%s', (_what, cause, text) => {
    expect(causeText(cause)).toBe(text);
  });

  it('is a text of bounded length, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (cause) => {
        const text = causeText(cause);
        expect(typeof text).toBe('string');
        expect(text.length).toBeLessThanOrEqual(501);
      }),
    );
    expect(typeof causeText(revoked.proxy)).toBe('string');
  });
});
