import type { Io } from './io';

const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const CLEAR_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';

interface Screen {
  /** Shows this and nothing else. */
  draw(frame: string): void;
  /** Gives the terminal back as it was. Does so once, also when the process ends in another way. */
  close(): void;
}

/** A terminal's other screen, without a cursor: what was there before comes back in the end. */
export function openScreen({ stdout, signals }: Pick<Io, 'stdout' | 'signals'>): Screen {
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    signals.off('exit', close);
    stdout.write(LEAVE);
  };
  signals.on('exit', close);
  stdout.write(ENTER);
  return {
    draw(frame) {
      const lines = frame.split('\n').map((line) => `${line}${CLEAR_LINE}`);
      stdout.write(`${HOME}${lines.join('\r\n')}${CLEAR_BELOW}`);
    },
    close,
  };
}
