import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { requireOptional } from '../../optionalPackage';

export interface Database {
  /** Its own connection; the database is there as long as there is one. */
  connect(): Promise<DuckDBConnection>;
  release(connection: DuckDBConnection): void;
}

/**
 * One DuckDB for all files of a run. The module is large and loading it is slow, so that waits until
 * something is really read; nothing stays open when the last connection is given back.
 */
export function database(options: { tempDirectory: string; memoryLimit: string }): Database {
  let instance: Promise<DuckDBInstance> | undefined;
  let connections = 0;

  const open = async (): Promise<DuckDBInstance> => {
    const { DuckDBInstance } = requireOptional(
      '@duckdb/node-api',
      'Reading this file',
      () => require('@duckdb/node-api') as typeof import('@duckdb/node-api'),
    );
    return DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      memory_limit: options.memoryLimit,
      temp_directory: options.tempDirectory,
      preserve_insertion_order: 'true',
    });
  };
  const close = (): void => {
    connections -= 1;
    if (connections > 0) return;
    instance?.then(
      (opened) => {
        opened.closeSync();
      },
      () => undefined,
    );
    instance = undefined;
  };

  return {
    connect: async () => {
      connections += 1;
      try {
        instance ??= open();
        const connection = await (await instance).connect();
        await connection.run("SET TimeZone = 'UTC'; SET streaming_buffer_size = '16MB'");
        return connection;
      } catch (error) {
        close();
        throw error;
      }
    },
    release: (connection) => {
      connection.closeSync();
      close();
    },
  };
}

export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** DuckDB takes paths for patterns, with or without a file of exactly that name. */
export const quotePath = (path: string): string =>
  quoteText(path.replace(/[*?[]/g, (char) => `[${char}]`));
