import { missingPeer } from '../../../src/cli/requirePeers';

describe('peer dependencies', () => {
  it('are there where this runs', () => {
    expect(missingPeer((name) => require.resolve(name))).toBeUndefined();
  });

  it('that are missing are named, with how to install them', () => {
    const nowhere = (): never => {
      throw new Error('MODULE_NOT_FOUND');
    };
    expect(missingPeer(nowhere)).toBe(
      'the package rxjs is not installed. Install it beside barometer: npm install rxjs',
    );
  });
});
