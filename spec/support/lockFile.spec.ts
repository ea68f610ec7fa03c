import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly version?: string;
}

const ROOT = join(__dirname, '../..');

describe.each(['package-lock.json', 'bench/package-lock.json', 'spec/consumers/package-lock.json'])(
  '%s',
  (name) => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as {
      packages: Readonly<Record<string, Locked>>;
    };
    // The first entry is the package itself.
    const locked = Object.entries(packages).filter(
      ([path, { link }]) => path !== '' && link !== true,
    );

    it('holds the integrity of every package, of every platform', () => {
      const without = locked.filter(([, { integrity = '' }]) => !/^sha512-.{88}$/.test(integrity));
      expect(without.map(([path]) => path)).toEqual([]);
      expect(locked.length).toBeGreaterThan(10);
    });

    it('takes packages from the registry alone', () => {
      const hosts = locked.flatMap(([, { resolved }]) =>
        resolved === undefined ? [] : [new URL(resolved).origin],
      );
      expect(hosts.filter((host) => host !== 'https://registry.npmjs.org')).toEqual([]);
    });
  },
);
