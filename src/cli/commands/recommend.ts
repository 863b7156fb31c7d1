import { LongtailError } from '../../common/errors';
import { nearest } from '../../config/nearest';
import { configNames } from '../../recommend/catalogue';
import type { Recommendations } from '../../recommend/types';
import { adviceFor, frameworkOption, goalOptions } from '../advice';
import { adviceText, whyNotText } from '../adviceText';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import { writeJson } from '../output';
import { profileOf, scanOptions } from '../profileOf';

/** The methods that were asked about; all where none was named. */
const askedAbout = (advice: Recommendations, args: Args): Recommendations => {
  const asked = args.text('why-not');
  if (asked === undefined) return advice;
  const left = advice.notRecommended ?? [];
  const id = configNames[asked] ?? asked;
  const found = left.filter((one) => one.id === id);
  if (found.length > 0) return { ...advice, notRecommended: found };
  if (advice.items.some((item) => item.id === id))
    throw new LongtailError('cli/why-not/recommended', { id });
  const near = nearest(
    asked,
    [...left, ...advice.items].map((one) => one.id),
  );
  throw near === null
    ? new LongtailError('cli/why-not/unknown', { id, known: left.map((one) => one.id) })
    : new LongtailError('cli/why-not/unknown-near', { id, near });
};

export const recommend: Command = {
  name: 'recommend',
  positionals: ['PATH'],
  options: {
    ...goalOptions,
    framework: frameworkOption,
    'why-not': { type: 'boolean', value: 'ID' },
    ...scanOptions,
    json: { type: 'boolean' },
  },
  run: async (args, io) => {
    const advice = askedAbout(adviceFor(await profileOf(args, io), args, io), args);
    const style = { columns: io.columns, paint: io.paint };
    if (args.flag('json')) await writeJson(io, advice);
    else if (args.flag('why-not')) await io.out(whyNotText(advice, style));
    else await io.out(adviceText(advice, style));
    return exitCodes.done;
  },
};
