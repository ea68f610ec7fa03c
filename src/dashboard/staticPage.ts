import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pageAssets } from './assets';
import { capacityView } from './capacityView';
import type { FollowedJournal } from './followJournal';
import { heatOf } from './heat';
import { headOf, momentView } from './moment';
import type { Comparison, Embedded } from './protocol';
import { runInfo } from './runInfo';
import { seriesOf } from './series';
import { thinned } from './timeline';

/** Places of the slider in a page without a server. */
const MOST_PLACES = 240;

/** What the page shows of a journal that has been read, all of it. */
export function embeddedOf(journal: FollowedJournal, comparison?: Comparison): Embedded {
  const { header, timeline, damaged } = journal;
  const remarks = damaged.map(({ message }) => message);
  const marks = thinned(timeline.marks, MOST_PLACES);
  const info = runInfo(journal, timeline.state, '');
  const capacity = capacityView(journal);
  return {
    info: { ...info, others: [], hasTimings: capacity !== undefined },
    series: seriesOf(marks),
    moments: [
      ...marks.map((mark) => momentView(mark, { header, liveness: 'running', remarks })),
      headOf(journal),
    ],
    heats: info.edges.map(({ name }) => heatOf(marks, name)),
    ...(capacity === undefined ? {} : { capacity }),
    ...(comparison === undefined ? {} : { comparison }),
  };
}

const sourceOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** One file that needs nothing but itself: the page, and the run in it. */
export function staticPage(embedded: Embedded): string {
  const { html, script, style } = pageAssets();
  const policy = [
    "default-src 'none'",
    `script-src ${sourceOf(script)}`,
    `style-src ${sourceOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const data = gzipSync(JSON.stringify(embedded), { level: 9 }).toString('base64');
  const parts: readonly (readonly [string, string])[] = [
    ['<!--policy-->', `<meta http-equiv="Content-Security-Policy" content="${policy}" />`],
    ['<link rel="stylesheet" href="/page.css" />', `<style>${style}</style>`],
    [
      '<script src="/page.js" defer></script>',
      `<script id="data" type="application/octet-stream">${data}</script>\n<script>${script}</script>`,
    ],
  ];
  return parts.reduce((page, [place, text]) => page.replace(place, () => text), html);
}
