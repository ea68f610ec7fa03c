import type { Role } from '../fileOptions';

/** The beginning of a file, as far as it says what the file is. */
export interface Probe {
  /** Base names of the file, and of the file inside it, without extensions. */
  readonly names: readonly string[];
  /** Names of the columns, where the file has any. */
  readonly header?: readonly string[];
  /** The first rows, as text, without the header. */
  readonly rows: readonly (readonly string[])[];
  /** How many columns there are. */
  readonly width: number;
}

export interface FormatLayout {
  /** Positions of the columns, counted from 0. */
  readonly columns: Readonly<Partial<Record<Role, number>>>;
  readonly symbol?: string;
}

/** A kind of tick file: how it is told from others and where its columns are. */
export interface Format {
  readonly name: string;
  readonly title: string;
  /** Which of the file's times rules, and what it means. */
  readonly clock: string;
  /** What surprises those who read such files, and what is done about it. */
  readonly traps: readonly string[];
  /** Says by what it was recognised, or nothing. */
  recognise(probe: Probe): string | undefined;
  layout(probe: Probe): FormatLayout;
}
