import { say, words, type Locale } from '../words/say';
import type { RunReport } from './types';

export interface Fact {
  readonly label: string;
  readonly text: string;
}

const kinds = (value: { readonly kind: string; readonly [option: string]: unknown }): string => {
  const extra = Object.entries(value).filter(([key]) => key !== 'kind');
  if (extra.length === 0) return value.kind;
  return `${value.kind} (${extra.map(([key, of]) => `${key} ${String(of)}`).join(', ')})`;
};

/** One sentence naming the scheme and its two thresholds. */
export const bandsSentence = ({ bands }: Pick<RunReport, 'bands'>, locale: Locale = 'en'): string =>
  say({ code: `report/bands/${bands.scheme}`, params: { ...bands.thresholds } }, locale);

/** More of them are no line any more; all stand in the JSON. */
const mostThresholds = 12;

/** How a run was made: enough to do it again, in the order a reader asks. */
export const factsOf = (report: RunReport, locale: Locale = 'en'): readonly Fact[] => {
  const { config, dataset, versions, posthoc, targetPrior } = report;
  const fact = (name: string, text: string): Fact => ({
    label: words(`report/fact/${name}`, {}, locale),
    text,
  });
  const stages = config.stages.map(({ name, epochs, sampler, loss }) =>
    words(
      'report/fact/stage',
      { name, count: epochs, sampler: kinds(sampler), loss: kinds(loss) },
      locale,
    ),
  );
  return [
    fact('dataset', dataset.root),
    fact('fingerprint', dataset.fingerprint),
    fact('bands', bandsSentence(report, locale)),
    fact('model', kinds(config.model)),
    fact('stages', stages.join(' · ')),
    fact(
      'posthoc',
      kinds({
        kind: posthoc.kind,
        ...(posthoc.tau === null ? {} : { tau: posthoc.tau }),
        ...Object.fromEntries(Object.entries(posthoc.thresholds ?? {}).slice(0, mostThresholds)),
      }) + (Object.keys(posthoc.thresholds ?? {}).length > mostThresholds ? ' …' : ''),
    ),
    fact('prior', typeof targetPrior === 'string' ? targetPrior : JSON.stringify(targetPrior)),
    fact('seed', String(report.seed)),
    fact('backend', report.backend),
    fact(
      'versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ),
    fact('memory', `${Math.round(report.peakRssBytes / 1e6)} MB`),
    fact('run', report.id),
  ];
};
