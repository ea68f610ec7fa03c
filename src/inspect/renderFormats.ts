import type { FormatFacts } from '../../streams/sources/formats';

/** What `barometer formats` prints. */
export const renderFormats = (formats: readonly FormatFacts[]): string =>
  formats
    .map(({ name, title, clock, traps }) =>
      [`${name}: ${title}`, `  time: ${clock}`, ...traps.map((trap) => `  - ${trap}`)].join('\n'),
    )
    .join('\n\n');

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The README's table; the traps are too long for it. */
export const formatsAsMarkdown = (formats: readonly FormatFacts[]): string =>
  [
    '| `--format` | what it is | which time rules |',
    '|---|---|---|',
    ...formats.map(({ name, title, clock }) => `| \`${name}\` | ${cell(title)} | ${cell(clock)} |`),
  ].join('\n');
