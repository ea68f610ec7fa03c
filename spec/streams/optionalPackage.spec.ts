import { MissingPackageError, requireOptional } from '../../streams/optionalPackage';

const notFound = (what: string, code = 'ERR_MODULE_NOT_FOUND'): Error =>
  Object.assign(new Error(`Cannot find package '${what}' imported from /a/b.js`), { code });

describe('an optional package', () => {
  it('that is installed is loaded', () => {
    expect(requireOptional('yauzl', 'Reading zip files', () => 2)).toBe(2);
  });

  it.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])(
    'that is missing is named, with what needs it and how to install it: %s',
    (code) => {
      const cause = notFound('yauzl', code);
      const loading = (): unknown =>
        requireOptional('yauzl', 'Reading zip files', () => {
          throw cause;
        });
      expect(loading).toThrow(
        'Reading zip files needs the package yauzl, an optional dependency that is not installed. ' +
          'Install it: npm install yauzl',
      );
      expect(loading).toThrow(expect.objectContaining({ code: 'PACKAGE_MISSING', cause }) as Error);
    },
  );

  it('is missing too where the binary of its platform is', () => {
    const load = (): never => {
      throw notFound('@duckdb/node-bindings-linux-riscv/duckdb.node', 'MODULE_NOT_FOUND');
    };
    expect(() => requireOptional('@duckdb/node-api', 'This file', load)).toThrow(
      MissingPackageError,
    );
  });

  it.each([
    ['another package is missing', notFound('left-pad')],
    ['it fails while it is loaded', new Error('yauzl broke')],
  ])('passes other errors on: %s', (_title, error) => {
    const failing = (): unknown =>
      requireOptional('yauzl', 'Reading zip files', () => {
        throw error;
      });
    expect(failing).toThrow(error);
  });
});
