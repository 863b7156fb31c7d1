import type { Issue } from '../common/errors';
import { say, words } from '../words/say';
import { commentLines, literal } from './python';
import type { ExportJob, ExportStage } from './types';

/** A number as Python writes it, ten digits of it. */
export const number = (value: number): string => {
  if (value === Infinity) return 'math.inf';
  if (value === -Infinity) return '-math.inf';
  return String(Number(value.toPrecision(10)));
};

/** A number that Python reads as a float. */
export const float = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : number(value);

/** `NAME = {"class": number, …}`, by class name. */
export const classTable = (
  name: string,
  { classes }: ExportJob,
  values: ArrayLike<number>,
  show: (value: number) => string = number,
): string =>
  [
    `${name} = {`,
    ...classes.map((one, j) => `    ${literal(one.name)}: ${show(values[j] ?? NaN)},`),
    '}',
  ].join('\n');

/** What a stage does for the balance, in one line. */
const stageLine = ({ name, config, weights }: ExportStage): string =>
  words('exporters/stage', {
    stage: name,
    epochs: config.epochs,
    trainable: config.trainable,
    sampler: settings(config.sampler),
    loss: settings(config.loss),
    weights:
      config.weights === undefined || weights.values === null ? 'none' : settings(config.weights),
  });

/** A method with its settings: `focal (gamma 2)`. */
const settings = (method: { readonly kind: string }): string => {
  const own = Object.entries(method).filter(([key]) => key !== 'kind');
  return own.length === 0
    ? method.kind
    : `${method.kind} (${own.map(([key, value]) => `${key} ${value}`).join(', ')})`;
};

/** First comment of every file: what it is, where the numbers are from, what is not in it. */
export const origin = (job: ExportJob, leftOut: readonly Issue[], mark = '#'): string => {
  const { dataset, split, fingerprint, items } = job.origin;
  const lines = (text: string): string => commentLines(text, '', mark);
  return [
    lines(
      words('exporters/origin', {
        dataset,
        items,
        classes: job.classes.length,
        split,
        fingerprint,
      }),
    ),
    ...job.stages.map((stage) => lines(stageLine(stage))),
    ...job.stages
      .filter(({ switchAt }) => switchAt > 0)
      .map(({ name, switchAt }) =>
        lines(words('exporters/stage-from', { stage: name, from: switchAt })),
      ),
    lines(words('exporters/yours')),
    ...leftOut.map((issue) => lines(words('exporters/not-here', { what: say(issue) }))),
  ].join('\n');
};

/** COUNTS, and the function that puts a table by class name in the order of the user's labels. */
export const countsAndOrder = (job: ExportJob): string => `
# Training samples by class name, before any hold-out of your own.
${classTable(
  'COUNTS',
  job,
  job.classes.map(({ count }) => count),
)}


def in_order(table, class_mapping):
    # The values of a table by class name, in the order of your labels: class_mapping is a dict of
    # name to index (dataset.class_to_idx) or a list of names (dataset.classes).
    if not isinstance(class_mapping, dict):
        class_mapping = {name: index for index, name in enumerate(class_mapping)}
    extra = sorted(set(class_mapping) - set(table), key=str)
    missing = sorted(set(table) - set(class_mapping), key=str)
    if extra or missing:
        raise ValueError(
            "Your class names are not those of this file. "
            f"Only in your mapping: {extra}; only in this file: {missing}"
        )
    indices = sorted(int(index) for index in class_mapping.values())
    if indices != list(range(len(table))):
        raise ValueError(
            "The class mapping has to use each index from 0 to the number of classes - 1 once; "
            f"it has: {indices}"
        )
    return [table[name] for name in sorted(class_mapping, key=lambda name: int(class_mapping[name]))]
`;

/** Parts joined, with two empty lines between definitions at most, and none at the end. */
export const pythonText = (parts: readonly string[]): string =>
  `${parts
    .filter((part) => part !== '')
    .join('\n')
    .replaceAll(/\n{4,}/g, '\n\n\n')
    .trim()}\n`;
