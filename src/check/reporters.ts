import { paintWith } from '../report/paint';
import { terminalText } from '../report/terminalText';
import type { Judgement } from './judge';

/** One line for each judgement. */
export function renderJudgements(
  judgements: readonly Judgement[],
  { color = false }: { readonly color?: boolean } = {},
): string {
  const { good, alarm } = paintWith(color);
  return judgements
    .map(({ passed, text }) => `${passed ? good('PASS') : alarm('FAIL')}  ${terminalText(text)}`)
    .join('\n');
}

/** JUnit XML: one test case for each judgement. */
export function renderJUnit(judgements: readonly Judgement[], seconds: number): string {
  const failures = judgements.filter(({ passed }) => !passed).length;
  const counts = `tests="${judgements.length}" failures="${failures}" errors="0"`;
  const time = `time="${seconds.toFixed(3)}"`;
  const cases = judgements.map(({ requirement, passed, text }) => {
    const open = `    <testcase classname="barometer.check" name="${xml(requirement)}"`;
    if (passed) return `${open}/>`;
    return `${open}>\n      <failure message="${xml(text)}"/>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts} ${time}>`,
    `  <testsuite name="barometer check" ${counts} ${time}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** Workflow commands of GitHub Actions: what failed becomes an annotation. */
export const renderGitHub = (judgements: readonly Judgement[]): string =>
  judgements
    .map(
      ({ passed, text }) =>
        `::${passed ? 'notice' : 'error'} title=barometer check::${escaped(text)}`,
    )
    .join('\n');

const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** XML has no controls, not even escaped ones. */
const xml = (text: string): string =>
  terminalText(text).replace(/[&<>"]/g, (sign) => NAMES[sign] as string);
