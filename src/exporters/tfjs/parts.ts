import { number } from '../pythonModule';
import { literal } from '../python';
import { hasLabelSets } from '../labelTerms';
import type { ExportJob } from '../types';

/** A table by class name: a Map keeps names as they are and in their order. */
export const mapTable = (name: string, { classes }: ExportJob, values: ArrayLike<number>): string =>
  [
    `export const ${name} = new Map([`,
    ...classes.map((one, j) => `  [${literal(one.name)}, ${jsNumber(values[j] ?? NaN)}],`),
    ']);',
  ].join('\n');

/** A number as JavaScript writes it. */
export const jsNumber = (value: number): string =>
  Number.isFinite(value) ? number(value) : value > 0 ? 'Infinity' : '-Infinity';

/** COUNTS, the order of the user's labels, and random numbers from a seed. */
export const basics = (job: ExportJob): string => `
// Training samples by class name, before any hold-out of your own.
${mapTable(
  'COUNTS',
  job,
  job.classes.map(({ count }) => count),
)}
${hasLabelSets(job) ? `\n/** Training samples in all; each has any number of the labels. */\nexport const SAMPLES = ${job.origin.items};\n` : ''}
/** The values of a table in the order of your labels: classNames[label] is the name of a label. */
export const inOrder = (table, classNames) => {
  const extra = classNames.filter((name) => !table.has(name));
  const missing = [...table.keys()].filter((name) => !classNames.includes(name));
  if (extra.length > 0 || missing.length > 0 || new Set(classNames).size !== classNames.length)
    throw new Error(
      'Your class names are not those of this file. Only in yours: ' +
        JSON.stringify(extra) + '; only in this file: ' + JSON.stringify(missing),
    );
  return classNames.map((name) => table.get(name));
};

/** Numbers in [0, 1) that seed and epoch decide: mulberry32. */
const randomFrom = (seed, epoch) => {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const shuffled = (items, random) => {
  const order = Array.from(items);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
};
`;
