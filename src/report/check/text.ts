import type { CheckReport, FindingLevel } from '../../check/types';
import { words } from '../../words/say';
import type { Paint } from '../text';
import { findingText } from './sentences';

const tones = { error: 'worse', warning: 'strong', note: 'faint' } as const satisfies Record<
  FindingLevel,
  Parameters<Paint>[0]
>;

/** A line a finding, for a terminal or a log; empty where there is none. */
export const checkText = ({ findings }: CheckReport, paint: Paint): string =>
  findings
    .map((finding) => {
      const { level } = finding;
      const mark = level === 'error' ? '' : `${words(`check/level/${level}`)}: `;
      return `${paint(tones[level], `${mark}${findingText(finding)}`)}\n`;
    })
    .join('');
