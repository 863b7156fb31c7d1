import { isAbsolute, join, relative, resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import type { ItemKind, PredictedItem } from '../../protocol/modelJob';
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

type MakeFormat = (top: number, items: ItemKind) => Format;

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

/** What is known as items come. */
interface State {
  tally: PredictionTally;
  total: number;
  kind: ItemKind;
  /** Written before the first line. */
  lead: string;
}

const whole = (args: Args, name: string, usual: number, largest: number): number => {
  const value = args.number(name) ?? usual;
  if (!Number.isInteger(value) || value < 1 || value > largest)
    throw new LongtailError('cli/predict/whole', { option: `--${name}`, value, largest });
  return value;
};

/** What is said at the end, on stderr. */
const conclude = (tally: PredictionTally, items: ItemKind, io: Io): void => {
  const { unreadable, placed, agreeing } = tally;
  if (placed > 0)
    io.err(`${words('predicted/agree', { agreeing, placed, share: agreeing / placed })}\n`);
  if (unreadable > 0) io.err(`${words(`predicted/unreadable-${items}`, { count: unreadable })}\n`);
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
    const state: State = { tally: noPredictions, total: 0, kind: 'pictures', lead: '' };
    const write = async (items: readonly PredictedItem[]): Promise<void> => {
      const { line } = makeFormat(top, state.kind);
      const lines = [state.lead];
      state.lead = '';
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
      const text = lines.join('');
      if (text !== '') await io.out(text);
      const { total } = state;
      progress.show(
        words(`cli/predict/progress-${state.kind}`, { done, total }),
        done / Math.max(1, total),
      );
    };
    const { env, signal, distFolder } = io;
    try {
      await runModelJob(
        { kind: 'predict', model: folder, storeFolder: store, path, top, batch },
        {
          ...{ trainerPath: join(distFolder, 'trainer.js'), env, signal },
          onOpened: ({ title, items, total }) => {
            state.total = total;
            state.kind = items;
            const { header } = makeFormat(top, items);
            state.lead = header === null ? '' : `${header}\n`;
            progress.done(words(`cli/predict/opened-${items}`, { title, count: total }));
          },
          onItems: write,
        },
      );
    } finally {
      progress.clear();
    }
    if (state.lead !== '') await io.out(state.lead);
    conclude(state.tally, state.kind, io);
    return state.tally.unreadable > 0 ? exitCodes.checkFailed : exitCodes.done;
  },
};
