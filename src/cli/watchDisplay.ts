import { renderLine } from '../report';
import { terminalText } from '../report/terminalText';
import { renderFrame } from '../views/renderFrame';
import { stateName } from '../views/status';
import { STATE_TEXTS } from '../views/texts';
import type { Watched } from '../views/watched';
import { wantsColor } from './io';
import type { Io } from './io';
import { openScreen } from './screen';

/** How often a terminal is redrawn, and how often a line is printed: milliseconds. */
const REDRAW = 100;
const LINE = 1000;

/** On a terminal the whole picture, elsewhere a line now and then. */
export function watchDisplay(io: Io, present: () => Watched): { close: () => void } {
  const { stdout, env } = io;
  let shown: Watched | undefined;
  const fresh = (): Watched | undefined => {
    const watched = present();
    if (watched === shown) return undefined;
    shown = watched;
    return watched;
  };
  if (stdout.isTTY !== true) {
    const timer = setInterval(() => {
      const watched = fresh();
      if (watched !== undefined) stdout.write(`${renderLine(watched.state)}\n`);
    }, LINE);
    return {
      close: () => {
        clearInterval(timer);
      },
    };
  }
  const screen = openScreen(io);
  const color = wantsColor(stdout, env);
  const draw = (watched: Watched): void => {
    const { columns = 80, rows = 24 } = stdout;
    screen.draw(renderFrame(watched, { columns, rows, color }));
  };
  const redraw = (): void => {
    draw(present());
  };
  const timer = setInterval(() => {
    const watched = fresh();
    if (watched !== undefined) draw(watched);
  }, REDRAW);
  stdout.on('resize', redraw);
  redraw();
  return {
    close: () => {
      clearInterval(timer);
      stdout.off('resize', redraw);
      screen.close();
    },
  };
}

/** What stays on a terminal when its own contents are back. */
export function farewell(watched: Watched, { stdout, env }: Io): string {
  if (stdout.isTTY !== true) return lastLine(watched);
  const { columns = 80 } = stdout;
  return renderFrame(watched, { columns, rows: Infinity, color: wantsColor(stdout, env) });
}

const lastLine = ({ header, state, liveness }: Watched): string =>
  `${terminalText(header.run)} ${STATE_TEXTS[stateName(state, liveness)]}: ${renderLine(state)}`;
