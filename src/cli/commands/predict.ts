import { isAbsolute, join, relative, resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import type { PredictedItem } from '../../protocol/modelJob';
import { predictionCsv, predictionJson, predictionText } from '../../report/predicted/lines';
import { noPredictions, tallied, type PredictionTally } from '../../report/predicted/tally';
import { plainText } from '../../report/text';
import { runModelJob } from '../../run/modelProcess';
import { words } from '../../words/say';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import type { Io } from '../io';
import { createProgress } from '../progress';
import { runFolder } from '../runFolder';

interface Format {
  readonly header: string | null;
  readonly line: (item: PredictedItem) => string;
}

/** One row a format. */
const formats: Readonly<Record<string, (top: number) => Format>> = {
  text: () => ({ header: null, line: predictionText }),
  csv: predictionCsv,
  json: () => ({ header: null, line: predictionJson }),
};

const formatOf = (name: string, top: number): Format => {
  const make = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (make === undefined) throw new LongtailError('cli/predict/format', { format: name });
  return make(top);
};

const whole = (args: Args, name: string, usual: number, largest: number): number => {
  const value = args.number(name) ?? usual;
  if (!Number.isInteger(value) || value < 1 || value > largest)
    throw new LongtailError('cli/predict/whole', { option: `--${name}`, value, largest });
  return value;
};

/** What is said at the end, on stderr. */
const conclude = (tally: PredictionTally, io: Io): void => {
  const { unreadable, placed, agreeing } = tally;
  if (placed > 0)
    io.err(`${words('predicted/agree', { agreeing, placed, share: agreeing / placed })}\n`);
  if (unreadable > 0) io.err(`${words('predicted/unreadable', { count: unreadable })}\n`);
};

/** Predictions for a picture or a folder, a line each as they are made; 1 where one is unreadable. */
export const predict: Command = {
  name: 'predict',
  positionals: ['RUN|MODEL', 'PATH'],
  options: {
    format: { type: 'string', value: 'csv|json|text', about: 'predict-format' },
    top: { type: 'string', value: 'K' },
    batch: { type: 'string', value: 'N' },
  },
  run: async (args, io) => {
    const top = whole(args, 'top', 2, 1000);
    const batch = whole(args, 'batch', 32, 4096);
    const { header, line } = formatOf(args.text('format') ?? 'text', top);
    const { folder, store } = runFolder(args.positional(0), io);
    const given = args.positional(1);
    const path = resolve(io.cwd, given);
    const named = (own: string): string => (isAbsolute(given) ? own : relative(io.cwd, own));
    const progress = createProgress(io);
    const state = { tally: noPredictions, total: 0 };
    if (header !== null) await io.out(`${header}\n`);
    const write = async (items: readonly PredictedItem[]): Promise<void> => {
      const lines: string[] = [];
      for (const item of items) {
        state.tally = tallied(state.tally, item);
        const shown = { ...item, path: named(item.path) };
        if ('unreadable' in shown) {
          const params = { path: shown.path, detail: shown.unreadable };
          progress.done(plainText(words('cli/predict/unread', params)));
        } else lines.push(`${line(shown)}\n`);
      }
      const done = state.tally.read + state.tally.unreadable;
      progress.clear();
      if (lines.length > 0) await io.out(lines.join(''));
      const { total } = state;
      progress.show(words('cli/predict/progress', { done, total }), done / Math.max(1, total));
    };
    const { env, signal, distFolder } = io;
    try {
      await runModelJob(
        { kind: 'predict', model: folder, storeFolder: store, path, top, batch },
        {
          ...{ trainerPath: join(distFolder, 'trainer.js'), env, signal },
          onOpened: ({ title, total }) => {
            state.total = total;
            progress.done(words('cli/predict/opened', { title, count: total }));
          },
          onItems: write,
        },
      );
    } finally {
      progress.clear();
    }
    conclude(state.tally, io);
    return state.tally.unreadable > 0 ? exitCodes.checkFailed : exitCodes.done;
  },
};
