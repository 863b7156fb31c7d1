import { isAbsolute, join, relative, resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import type { ItemKind, PredictedItem } from '../../protocol/modelJob';
import { predictionCsv, predictionJson, predictionText } from '../../report/predicted/lines';
import {
  predictionWriter,
  type Predicted,
  type PredictionFormat,
} from '../../report/predicted/writer';
import { plainText } from '../../report/text';
import { runModelJob } from '../../run/modelProcess';
import { words } from '../../words/say';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import type { Io } from '../io';
import { createProgress } from '../progress';
import { runFolder } from '../runFolder';

type MakeFormat = (top: number, items: ItemKind) => PredictionFormat;

/** One row a format. */
const formats: Readonly<Record<string, MakeFormat>> = {
  text: () => ({ header: null, line: predictionText }),
  csv: predictionCsv,
  json: () => ({ header: null, line: predictionJson }),
};

const formatOf = (name: string): MakeFormat => {
  const make = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (make === undefined) throw new LongtailError('cli/predict/format', { format: name });
  return make;
};

const whole = (args: Args, name: string, usual: number, largest: number): number => {
  const value = args.number(name) ?? usual;
  if (!Number.isInteger(value) || value < 1 || value > largest)
    throw new LongtailError('cli/predict/whole', { option: `--${name}`, value, largest });
  return value;
};

/** What is said at the end, on stderr. */
const conclude = ({ tally, kind }: Predicted, io: Io): void => {
  const { unreadable, placed, agreeing } = tally;
  if (placed > 0)
    io.err(`${words('predicted/agree', { agreeing, placed, share: agreeing / placed })}\n`);
  if (unreadable > 0) io.err(`${words(`predicted/unreadable-${kind}`, { count: unreadable })}\n`);
};

/** Predictions for pictures or rows, a line each as they are made; 1 where one is unreadable. */
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
    const makeFormat = formatOf(args.text('format') ?? 'text');
    const { folder, store } = runFolder(args.positional(0), io);
    const given = args.positional(1);
    const path = resolve(io.cwd, given);
    const named = (own: string): string => (isAbsolute(given) ? own : relative(io.cwd, own));
    const progress = createProgress(io);
    const writer = predictionWriter((items) => makeFormat(top, items));
    const write = async (items: readonly PredictedItem[]): Promise<void> => {
      const shown = items.map((item) => ({ ...item, path: named(item.path) }));
      const text = writer.add(shown);
      for (const item of shown)
        if ('unreadable' in item) {
          const params = { path: item.path, detail: item.unreadable };
          progress.done(plainText(words('cli/predict/unread', params)));
        }
      progress.clear();
      if (text !== '') await io.out(text);
      const { kind, done, total } = writer.now();
      const said = words(`cli/predict/progress-${kind}`, { done, total });
      progress.show(said, done / Math.max(1, total));
    };
    const { env, signal, distFolder } = io;
    try {
      await runModelJob(
        { kind: 'predict', model: folder, storeFolder: store, path, top, batch },
        {
          ...{ trainerPath: join(distFolder, 'trainer.js'), env, signal },
          onOpened: ({ title, items, total }) => {
            writer.open({ items, total });
            progress.done(words(`cli/predict/opened-${items}`, { title, count: total }));
          },
          onItems: write,
        },
      );
    } finally {
      progress.clear();
    }
    const rest = writer.end();
    if (rest !== '') await io.out(rest);
    conclude(writer.now(), io);
    return writer.now().tally.unreadable > 0 ? exitCodes.checkFailed : exitCodes.done;
  },
};
