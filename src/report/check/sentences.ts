import type { CheckReport, Finding } from '../../check/types';
import { say, words } from '../../words/say';
import { plainText } from '../text';

/** A finding as one sentence; the split in front where it is not the profiled one. */
export const findingText = (finding: Finding): string => {
  const sentence = say(finding);
  const named = finding.split === undefined || 'split' in finding.params;
  return plainText(named ? sentence : `${finding.split}: ${sentence}`);
};

/** What a check came to, in one sentence. */
export const verdict = ({ passed, classes, limits, baseline, findings }: CheckReport): string => {
  const errors = findings.filter(({ level }) => level === 'error').length;
  if (!passed) return words('check/failed', { count: errors });
  if (limits === 0 && baseline === null) return words('check/nothing-set', { count: classes });
  return words(baseline === null ? 'check/passed' : 'check/passed-baseline', { count: classes });
};
