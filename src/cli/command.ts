import type { Command } from 'commander';
import type { Io } from './io';

/** What a command was called with, as text: it reads its options itself. */
export interface Call {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly io: Io;
}

/** One command: what it takes, and what it does. */
export interface CommandModule {
  /** Adds arguments, options and examples to the command that bears its name. */
  readonly define: (command: Command) => void;
  /** Returns the exit code, see `EXIT`; throws what `exitCodeOf` knows. */
  readonly run: (call: Call) => Promise<number>;
}

/** A line of the table of commands: the module is loaded when the command is called. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Whether barometer.config.ts says what the command line does not; false unless given. */
  readonly isConfigured?: boolean;
  readonly load: () => Promise<CommandModule>;
}
