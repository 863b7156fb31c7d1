import type { CheckReport, Finding, FindingPlace } from '../../check/types';
import { words } from '../../words/say';
import { findingText, verdict } from './sentences';

/** GitHub shows the 5,000 worst results of a run and refuses a file with more than 25,000. */
const mostResults = 5000;

/** A rule's id without the sentence's variants: a class that is misspelt breaks the same rule. */
const ruleOf = ({ code }: Finding): string =>
  code.replace(/^check\//, '').replace(/-(near|objects)$/, '');

/** A path as a URI: every part encoded, an absolute one with its scheme. */
const uriOf = (path: string): string => {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return `file://${encoded}`;
  return /^[A-Za-z]:/.test(path) ? `file:///${encoded.replace('%3A', ':')}` : encoded;
};

const locationOf = ({ path, line }: FindingPlace): object => {
  const uri = uriOf(path);
  return {
    physicalLocation: {
      artifactLocation: { uri, ...(uri.startsWith('file:') ? {} : { uriBaseId: '%SRCROOT%' }) },
      region: { startLine: line ?? 1 },
    },
  };
};

/** One name for a finding over runs, whatever its numbers: class, split, measure. */
const fingerprintOf = (finding: Finding): string =>
  JSON.stringify([ruleOf(finding), finding.class, finding.split, finding.metric]);

/**
 * A SARIF 2.1.0 log of a check, for code scanning. Places are relative to the root of the
 * repository; a finding without one points at `fallback`. A finding keeps its identity when its numbers change. What is beyond the 5,000 worst
 * is said in a notification.
 */
export const checkSarif = (report: CheckReport, fallback: FindingPlace): string => {
  const shown = report.findings.slice(0, mostResults);
  const rules = [...new Set(shown.map(ruleOf))].sort();
  const rest = report.findings.length - shown.length;
  const notes = [verdict(report), ...(rest === 0 ? [] : [words('check/more', { count: rest })])];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Longtail',
            rules: rules.map((id) => ({
              id,
              shortDescription: { text: words(`check/rule/${id}`) },
              help: { text: words('check/help') },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notes.map((text) => ({ level: 'note', message: { text } })),
          },
        ],
        results: shown.map((finding) => ({
          ruleId: ruleOf(finding),
          ruleIndex: rules.indexOf(ruleOf(finding)),
          level: finding.level,
          message: { text: findingText(finding) },
          locations: [locationOf(finding.place ?? fallback)],
          // GitHub tells alerts of two uploads apart by this name alone.
          partialFingerprints: { primaryLocationLineHash: fingerprintOf(finding) },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};
