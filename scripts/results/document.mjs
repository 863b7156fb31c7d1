// docs/results.md from the finished runs.
import { writeFileSync } from 'node:fs';

import { recipes } from './recipes.mjs';
import { reference } from './reference.mjs';
import { settings } from './settings.mjs';

const mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length;
/** Sample standard deviation; null of fewer than two values. */
const deviation = (values) => {
  if (values.length < 2) return null;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (values.length - 1));
};
const share = (x) => x.toFixed(3).replace(/^0/, '');
const points = (x) => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(1)}`;
const spread = (values) => {
  const sd = deviation(values);
  return sd === null ? share(mean(values)) : `${share(mean(values))} ± ${share(sd)}`;
};

const bandNames = ['many', 'medium', 'few'];

/** One recipe of one table; null where nothing has run. */
const measure = (setting, recipe, { scoresOf, seeds }) => {
  const runs = seeds.flatMap((seed) => {
    const scores = scoresOf(setting, recipe, seed);
    const plain = scoresOf(setting, recipes[0], seed);
    return scores === null ? [] : [{ scores, plain }];
  });
  if (runs.length === 0) return null;
  const balanced = runs.map(({ scores }) => scores.balancedAccuracy);
  return {
    balanced,
    bands: bandNames.map((band) => mean(runs.map(({ scores }) => scores[band].recall ?? NaN))),
    gains: runs.flatMap(({ scores, plain }) =>
      plain === null ? [] : [100 * (scores.balancedAccuracy - plain.balancedAccuracy)],
    ),
    ece: mean(runs.map(({ scores }) => scores.ece)),
  };
};

const publishedGains = ({ published = [] }) => {
  const gains = published.map(([from, to]) => to - from).sort((a, b) => a - b);
  if (gains.length === 0) return '';
  const [low] = gains;
  const high = gains.at(-1);
  return gains.length === 1 ? points(low) : `${points(low)} … ${points(high)}`;
};

const table = (setting, context) => {
  const known = reference[setting.id] ?? {};
  const rows = recipes.flatMap((recipe) => {
    if (setting.without?.includes(recipe.id)) return [];
    const measured = measure(setting, recipe, context);
    if (measured === null) return [];
    const { balanced, bands, gains, ece } = measured;
    const theirs = known[recipe.id];
    const expected = theirs?.mean?.[0] ?? theirs?.scores[0];
    const shown = theirs?.mean
      ? `${share(theirs.mean[0])} ± ${share(theirs.mean[1])}`
      : theirs
        ? share(theirs.scores[0])
        : '';
    return [
      [
        recipe.title,
        String(balanced.length),
        spread(balanced),
        ...bands.map(share),
        share(ece),
        recipe.id === 'plain' || gains.length === 0 ? '' : points(mean(gains)),
        shown,
        expected === undefined ? '' : points(100 * (mean(balanced) - expected)),
        ...(setting.published ? [publishedGains(recipe)] : []),
      ],
    ];
  });
  if (rows.length === 0) return [`Nothing has run yet.`];
  const columns = [
    ...['recipe', 'seeds', 'balanced accuracy', 'head', 'medium', 'tail', 'ECE', 'gain'],
    ...['reference', 'to it', ...(setting.published ? ['published gain'] : [])],
  ];
  return [
    `| ${columns.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(columns.length - 1)}`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ];
};

const sourceLines = () =>
  recipes
    .filter(({ published }) => published)
    .map(({ title, published }) => {
      const runs = published.map(([from, to, run]) => `${from} → ${to} (${run})`);
      return `- ${title}: ${runs.join('; ')}`;
    });

/** Writes the document; `advice` is what advice.mjs measured, null where it has not run. */
export const writeDocument = (file, { advice, ...context }) => {
  const lines = [
    '# Results',
    '',
    'Made by one script, which keeps finished runs and goes on where it was:',
    '',
    '```',
    'node scripts/results/run.mjs --cifar DIR      # DIR: CIFAR-10-LT as train/<class>/ and test/<class>/',
    '```',
    '',
    'Scores are of the test split, at the last epoch, with every setting fixed beforehand: `validation: none`, no tau tuned. Balanced accuracy is mean ± standard deviation over seeds. Head, medium and tail are thirds of the classes by rank, mean recall. *Gain* is over plain training of the same seeds, in points. The *reference* is the same net and settings in Keras 3 on TensorFlow 2.21 (four seeds where a deviation is given, else one). A row with one seed shows an order of magnitude. *Published gain*: the papers’ own, with ResNet-32 and 15 to 30 thousand steps; each run is listed below.',
    '',
    ...settings.flatMap((setting) => [
      `## ${setting.title}`,
      '',
      setting.about,
      '',
      ...table(setting, context),
      '',
      ...(setting.notes ? [...setting.notes, ''] : []),
    ]),
    ...(advice ? [...advice, ''] : []),
    '## Published runs',
    '',
    'Accuracy in percent on CIFAR-10-LT with factor 100: plain training → the recipe, in one run.',
    '',
    ...sourceLines(),
    '',
  ];
  writeFileSync(file, lines.join('\n'));
};
