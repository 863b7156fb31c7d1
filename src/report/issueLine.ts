import type { PlacedIssue } from '../config/parse';
import { say, words } from '../words/say';
import { plainText } from './text';

/** `file:line:column: severity: sentence`: what editors and the problem matcher find in an output. */
export const issueLine = (path: string, issue: PlacedIssue): string =>
  plainText(
    `${path}:${issue.line}:${issue.column}: ${words(`cli/severity/${issue.severity}`)}: ${say(issue)}`,
  );
