import { say, words, type Locale } from '../words/say';
import { againstTable } from './against';
import { compareRuns } from './compare';
import { deed } from './deed';
import type { Curves } from './curves';
import { factsOf } from './facts';
import { footnotes, headline } from './headline';
import { diagnosisHtml, type Diagnosis } from './htmlDiagnosis';
import { paragraph, section, tableHtml } from './htmlParts';
import { reportStyle } from './htmlStyle';
import { escapeHtml, lossChart, scoreChart } from './svg';
import { classRows, classTable } from './classTable';
import { classFacts, comparisonTable, trainingChip, type Table } from './tables';
import { confusionTable } from './confusion';
import type { RunReport } from './types';

export interface HtmlOptions {
  readonly locale?: Locale;
  /** Loss curves by run id, where the events were at hand. */
  readonly curves?: ReadonlyMap<string, Curves>;
  /** What the outputs of a run tell, by its id, where they were at hand. */
  readonly diagnoses?: ReadonlyMap<string, Diagnosis>;
}

/** A matrix wider than this is no longer read; the most frequent confusions are listed instead. */
const widestMatrix = 30;
/** A recall chart taller than this is left to the class table. */
const mostDots = 100;

/** Share of each true class that went where, as a shaded table; rows and columns by training count. */
const confusionHtml = (
  report: RunReport,
  cells: readonly (readonly number[])[],
  title: string,
  locale: Locale,
): string => {
  const facts = classFacts(report);
  const trained = (i: number): number =>
    facts.get(report.scores.classes[i]?.name ?? '')?.trainCount ?? 0;
  const order = report.scores.classes.map((_, i) => i).sort((a, b) => trained(b) - trained(a));
  const name = (i: number): string => escapeHtml(report.scores.classes[i]?.name ?? '');
  const rows = order.map((truth) => {
    const row = cells[truth] ?? [];
    const all = row.reduce((sum, n) => sum + n, 0);
    const shares = order.map((predicted) => {
      const share = all === 0 ? 0 : (row[predicted] ?? 0) / all;
      const heat = share < 0.005 ? '' : ` class="h${Math.max(1, Math.ceil(share * 10))}"`;
      return `<td${heat}>${share < 0.005 ? '' : share.toFixed(2)}</td>`;
    });
    return `<tr><th scope="row">${name(truth)}</th>${shares.join('')}</tr>`;
  });
  const corner = words('report/confusion/corner', {}, locale);
  const head = order.map((i) => `<th scope="col">${name(i)}</th>`).join('');
  return `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table class="confusion"><thead><tr><th scope="col">${escapeHtml(corner)}</th>${head}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`;
};

const confusionSection = (report: RunReport, locale: Locale): string[] => {
  const { confusion } = report.scores;
  if (confusion === null) return [];
  const matrix = confusion.length <= widestMatrix;
  const title = words(`report/section/${matrix ? 'confusion' : 'confusionTop'}`, {}, locale);
  const inside = matrix
    ? confusionHtml(report, confusion, title, locale)
    : tableHtml(confusionTable(report, 20, locale), title);
  return [section(title, inside)];
};

const howHtml = (report: RunReport, locale: Locale): string => {
  const facts = factsOf(report, locale).map(
    ({ label, text }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(text)}</dd>`,
  );
  return `<dl>${facts.join('\n')}</dl>
<details><summary>${escapeHtml(words('report/fact/config', {}, locale))}</summary><pre>${escapeHtml(JSON.stringify(report.config, null, 2))}</pre></details>`;
};

const tauHtml = (report: RunReport, locale: Locale): string[] => {
  if (report.posthoc.tried.length === 0) return [];
  const title = words('report/section/tau', {}, locale);
  const table: Table = {
    columns: ['tau', 'balanced'].map((key) => ({
      key,
      label: words(`report/column/${key}`, {}, locale),
      align: 'right' as const,
    })),
    rows: report.posthoc.tried.map(({ tau, balancedAccuracy }) => ({
      marked: tau === report.posthoc.tau,
      cells: [{ text: String(tau) }, { text: balancedAccuracy.toFixed(3) }],
    })),
  };
  return [section(title, tableHtml(table, title))];
};

const runHtml = (report: RunReport, options: HtmlOptions, level: 'h1' | 'h2'): string => {
  const locale = options.locale ?? 'en';
  const title = (name: string): string => words(`report/section/${name}`, {}, locale);
  const rows = classRows(report);
  const curves = options.curves?.get(report.id);
  const against = title(report.baseline === null ? 'scores' : 'against');
  const several = report.scores.multiLabel !== undefined;
  const chart = several ? 'precision' : 'recall';
  const ofEach = title(report.baseline === null ? `${chart}Alone` : chart);
  const classes = title(several ? 'labels' : 'classes');
  const chips = [
    report.dataset.root.split(/[\\/]/).filter(Boolean).at(-1) ?? report.dataset.root,
    report.config.model.kind,
    report.backend,
    trainingChip(report, locale),
  ];
  const parts = [
    `<header><${level}>${escapeHtml(report.title)}</${level}>${chips.map((chip) => `<span class="chip">${escapeHtml(chip)}</span>`).join('')}
${paragraph(
  headline(report, locale).map((message) => say(message, locale)),
  'lead',
)}
${paragraph(
  deed(report).map((message) => say(message, locale)),
  'note',
)}</header>`,
    section(
      against,
      `${tableHtml(againstTable(report, locale), against)}
${paragraph(
  footnotes(report).map((message) => say(message, locale)),
  'note',
)}`,
    ),
    '<div class="pair">',
    ...(rows.length > mostDots ? [] : [section(ofEach, scoreChart(rows, report, locale))]),
    ...(curves === undefined || Math.max(curves.recipe.length, curves.baseline.length) < 2
      ? []
      : [section(title('training'), lossChart(curves, locale))]),
    ...confusionSection(report, locale),
    ...tauHtml(report, locale),
    ...diagnosisHtml(report, options.diagnoses?.get(report.id)),
    '</div>',
    section(
      classes,
      `${tableHtml(classTable(report, locale), classes)}
${paragraph([words('report/interval-class', {}, locale)], 'note')}`,
    ),
    ...(report.issues.length === 0
      ? []
      : [section(title('issues'), issuesHtml(report.issues, locale))]),
    section(title('how'), howHtml(report, locale)),
  ];
  return parts.join('\n');
};

const issuesHtml = (issues: RunReport['issues'], locale: Locale): string => {
  const items = issues.map(({ code, params }) => {
    const shown = Object.fromEntries(
      Object.entries(params).map(([key, value]) => [
        key,
        typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    );
    return `<li>${escapeHtml(say({ code, params: shown }, locale))}</li>`;
  });
  return `<ul>${items.join('')}</ul>`;
};

/**
 * A report as one HTML file that needs nothing else: no script, no request, the charts inline and
 * each of them also a table. Several reports become a comparison followed by each by itself.
 */
export const toHtml = (
  reports: readonly [RunReport, ...RunReport[]],
  options: HtmlOptions = {},
): string => {
  const locale = options.locale ?? 'en';
  const one = reports.length === 1;
  const title = one ? reports[0].title : words('report/title/comparison', {}, locale);
  const comparison = compareRuns(reports);
  const overview = one
    ? ''
    : `<header><h1>${escapeHtml(title)}</h1><span class="chip">${escapeHtml(words('report/title/comparisonOf', { count: reports.length }, locale))}</span></header>
${section(title, tableHtml(comparisonTable(comparison, null, locale), title))}
${comparison.notes.map((note) => paragraph([say(note, locale)], 'note')).join('\n')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${overview}
${reports.map((report) => runHtml(report, options, one ? 'h1' : 'h2')).join('\n')}
</main>
</body>
</html>
`;
};
