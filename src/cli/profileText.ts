import { byRank } from '../common/rank';
import { severity } from '../methods/distribution/severity';
import type { LongTailProfile, ProfileClass } from '../profile/types';
import { bandKeys } from '../report/compare';
import { bandsSentence } from '../report/facts';
import { bandName } from '../report/headline';
import { classColumns, labelTables } from '../report/labelTables';
import { integer, missing } from '../report/tables';
import { bar, displayWidth, pad, plainText, textTable, type Paint } from '../report/text';
import { withinSentences, withinTable } from '../report/withinClass';
import { words } from '../words/say';
import { issueLines } from './profileOf';

/** With more classes than this the middle is left out unless `--all` is given. */
const mostClasses = 40;
const shownHead = 20;
const shownTail = 15;
/** Pairs of labels that are listed; the JSON and the page have more. */
const shownPairs = 8;
/** Cells of classes and groups likewise. */
const shownCells = 10;

/** Training count of a class: of the profiled split, or of everything. */
export const trainCountOf = (profile: LongTailProfile, one: ProfileClass): number =>
  profile.profiledSplit === 'all' ? one.count : (one.splits[profile.profiledSplit] ?? 0);

/** What the classes are counted in: samples, or the objects in them. */
export const countedIn = ({ dataset }: Pick<LongTailProfile, 'dataset'>): 'samples' | 'objects' =>
  dataset.task === 'detection' || dataset.task === 'segmentation' ? 'objects' : 'samples';

const metric = (profile: LongTailProfile, name: string): string => {
  const value = profile.metrics[name] ?? null;
  if (value === null) return missing;
  return Number.isInteger(value) ? integer(value) : String(Number(value.toPrecision(3)));
};

const headSentence = (profile: LongTailProfile, sorted: readonly ProfileClass[]): string => {
  const filled = sorted.filter((one) => trainCountOf(profile, one) > 0);
  const [largest, smallest] = [filled[0], filled.at(-1)];
  if (largest === undefined || smallest === undefined) return words('cli/scan/no-samples');
  const ratio = trainCountOf(profile, largest) / trainCountOf(profile, smallest);
  const what = words(`cli/scan/what/${countedIn(profile)}`);
  if (filled.length === 1) return words('cli/scan/one-class', { name: largest.name, what });
  if (ratio === 1) return words('cli/scan/severity/equal', { what });
  return words(`cli/scan/severity/${severity(ratio)}`, {
    largest: largest.name,
    smallest: smallest.name,
    ratio,
    what,
  });
};

/** What a sample without a label is: a picture of nothing, a negative of every label, or left out. */
const unlabelledAs = (profile: LongTailProfile): string => {
  if (countedIn(profile) === 'objects') return 'without-objects';
  return profile.dataset.task === 'multi-label' ? 'without-labels' : 'unlabelled';
};

const splitLine = (profile: LongTailProfile): string =>
  Object.entries(profile.splits)
    .map(([name, { samples }]) => `${plainText(name)} ${integer(samples)}`)
    .join(' · ');

const classLines = (
  profile: LongTailProfile,
  sorted: readonly ProfileClass[],
  options: { readonly all: boolean; readonly columns: number; readonly paint: Paint },
): string[] => {
  const { paint, columns } = options;
  const most = Math.max(1, ...sorted.map((one) => trainCountOf(profile, one)));
  const others = Object.keys(profile.splits).filter((name) => name !== profile.profiledSplit);
  const cutAway = !options.all && sorted.length > mostClasses;
  const shown = cutAway ? [...sorted.slice(0, shownHead), ...sorted.slice(-shownTail)] : sorted;
  const names = shown.map(({ name }) => plainText(name));
  const title = words('cli/scan/column/class');
  const nameWidth = Math.min(40, Math.max(displayWidth(title), ...names.map(displayWidth)));
  const splitWidth = Math.max(7, ...others.map(displayWidth));
  const further = classColumns(profile).map((column) => ({
    ...column,
    width: Math.max(7, displayWidth(column.label)),
  }));
  const place = new Map(further.length === 0 ? [] : profile.classes.map((one, i) => [one, i]));
  const what = countedIn(profile);
  const profiled =
    profile.profiledSplit === 'all'
      ? words(`cli/scan/what/${what}`)
      : what === 'samples'
        ? profile.profiledSplit
        : words('cli/scan/column/objects-of', { split: profile.profiledSplit });
  const countWidth = Math.max(9, displayWidth(plainText(profiled)));
  const furtherWidth = further.reduce((sum, { width }) => sum + width + 2, 0);
  const fixed =
    nameWidth + 2 + 6 + 2 + countWidth + others.length * (splitWidth + 2) + furtherWidth + 2;
  const barWidth = Math.max(10, Math.min(50, columns - fixed - 1));
  const head = [
    pad(title, nameWidth),
    pad(words('cli/scan/column/band'), 6),
    pad(plainText(profiled), countWidth, 'right'),
    ...others.map((name) => pad(plainText(name), splitWidth, 'right')),
    ...further.map(({ label, width, align }) => pad(label, width, align)),
  ].join('  ');
  const lines = shown.map((one, i) => {
    const count = trainCountOf(profile, one);
    return [
      pad(names[i] ?? '', nameWidth),
      paint(one.band, pad(bandName(profile.bands.scheme, one.band), 6)),
      pad(integer(count), countWidth, 'right'),
      ...others.map((name) => pad(integer(one.splits[name] ?? 0), splitWidth, 'right')),
      ...further.map(({ text, width, align }) => pad(text(place.get(one) ?? -1), width, align)),
      paint(one.band, bar(count / most, barWidth)),
    ].join('  ');
  });
  if (cutAway) {
    const left = sorted.length - shown.length;
    lines.splice(shownHead, 0, paint('faint', words('cli/scan/left-out', { count: left })));
  }
  return [paint('faint', head), ...lines];
};

const withinLines = (
  { withinClass }: LongTailProfile,
  { all, paint }: { readonly all: boolean; readonly paint: Paint },
): string[] =>
  withinClass === undefined
    ? []
    : [
        '',
        ...withinSentences(withinClass).map(plainText),
        ...(withinClass.worst.length === 0
          ? []
          : textTable(withinTable(withinClass, all ? Infinity : shownCells), paint)
        ).map((line) => `  ${line}`),
      ];

/** A profile for a terminal: the sentence, the numbers, a bar a class, what is wrong with the data. */
export const profileText = (
  profile: LongTailProfile,
  options: { readonly all: boolean; readonly columns: number; readonly paint: Paint },
): string => {
  const { paint } = options;
  const { dataset, classes, bands } = profile;
  const sorted = classes
    .map((one) => ({ name: one.name, count: trainCountOf(profile, one), one }))
    .sort(byRank)
    .map(({ one }) => one);
  const sizes = bandKeys.map((band) => {
    const count = classes.filter((one) => one.band === band).length;
    return `${bandName(bands.scheme, band)} ${integer(count)}`;
  });
  const isObjects = countedIn(profile) === 'objects';
  const issues = issueLines(profile);
  const lines = [
    `${paint('strong', plainText(dataset.root))}  ${paint('faint', `${dataset.format} · ${dataset.task} · ${splitLine(profile)}`)}`,
    plainText(headSentence(profile, sorted)),
    '',
    words(isObjects ? 'cli/scan/numbers-objects' : 'cli/scan/numbers', {
      classes: integer(classes.length),
      samples: integer(profile.samples),
      objects: integer(classes.reduce((sum, { count }) => sum + count, 0)),
      ratio: metric(profile, 'imbalanceRatioStrict'),
      effective: metric(profile, 'expEntropy'),
      gini: metric(profile, 'gini'),
      smallest: metric(profile, 'min'),
    }),
    ...(profile.unlabelled > 0
      ? [words(`cli/scan/${unlabelledAs(profile)}`, { count: profile.unlabelled })]
      : []),
    ...(profile.partial === undefined
      ? []
      : [words('cli/scan/partial', { share: profile.partial.share })]),
    '',
    ...classLines(profile, sorted, options),
    '',
    `${bandsSentence(profile)} ${sizes.join(' · ')}`,
    ...labelTables(profile, shownPairs).flatMap(({ title, table }) => [
      '',
      plainText(title),
      ...textTable(table, paint).map((line) => `  ${line}`),
    ]),
    ...withinLines(profile, options),
    ...(issues.length === 0 ? [] : ['', words('cli/scan/issues'), ...issues]),
  ];
  return `${lines.join('\n')}\n`;
};
