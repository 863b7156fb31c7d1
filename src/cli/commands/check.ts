import { LongtailError } from '../../common/errors';
import { integer } from '../../report/tables';
import { plainText } from '../../report/text';
import { words } from '../../words/say';
import { exitCodes, type Command } from '../command';
import { profileOf, scanOptions } from '../profileOf';
import { countedIn, trainCountOf } from '../profileText';

/** A check for CI: counts of the training split against limits; failing classes are named on stdout. */
export const check: Command = {
  name: 'check',
  positionals: ['PATH'],
  options: {
    'max-imbalance': { type: 'string', value: 'N' },
    'min-class': { type: 'string', value: 'N' },
    ...scanOptions,
  },
  run: async (args, io) => {
    const maxImbalance = args.number('max-imbalance');
    const minClass = args.number('min-class');
    if (maxImbalance === undefined && minClass === undefined)
      throw new LongtailError('cli/check/nothing');
    const { profile } = await profileOf(args, io);
    const counts = profile.classes
      .map((one) => ({ name: plainText(one.name), count: trainCountOf(profile, one) }))
      .sort((a, b) => a.count - b.count);
    const largest = counts.at(-1);
    if (largest === undefined || largest.count === 0)
      throw new LongtailError('cli/check/no-samples', { path: profile.dataset.root });
    const what = words(`cli/scan/what/${countedIn(profile)}`);
    const failures: string[] = [];
    for (const { name, count } of counts) {
      if (minClass !== undefined && count < minClass)
        failures.push(
          words('cli/check/too-small', { name, count: integer(count), limit: minClass, what }),
        );
      if (maxImbalance !== undefined && count * maxImbalance < largest.count)
        failures.push(
          words(count === 0 ? 'cli/check/empty' : 'cli/check/too-skewed', {
            name,
            count: integer(count),
            ratio: count === 0 ? 0 : largest.count / count,
            largest: largest.name,
            limit: maxImbalance,
            what,
          }),
        );
    }
    if (failures.length === 0) {
      io.err(`${words('cli/check/passed', { count: counts.length })}\n`);
      return exitCodes.done;
    }
    await io.out(`${failures.join('\n')}\n`);
    io.err(`${words('cli/check/failed', { count: failures.length })}\n`);
    return exitCodes.checkFailed;
  },
};
