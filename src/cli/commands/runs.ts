import { LongtailError } from '../../common/errors';
import type { Table } from '../../report/tables';
import { plainText, textTable } from '../../report/text';
import { deleteRun } from '../../run/deleteRun';
import { markRun, parseTags, readMarks } from '../../run/runMarks';
import { listRuns, readRun, type StoredRun } from '../../run/runStore';
import { recipesOfBaselines, runTitle } from '../../run/runTitles';
import { words } from '../../words/say';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import { runFolder, storeOf } from '../runFolder';
import type { Io } from '../io';
import { writeJson } from '../output';

const open = (folder: string): StoredRun => {
  const run = readRun(folder);
  if (run === null) throw new LongtailError('cli/report/not-a-run', { folder });
  return run;
};

const tableOf = (shown: readonly StoredRun[], all: readonly StoredRun[]): Table => {
  const recipes = recipesOfBaselines(all);
  const keys = ['id', 'state', 'created', 'title', 'dataset', 'tags'] as const;
  return {
    columns: keys.map((key) => ({ key, label: words(`cli/runs/column/${key}`), align: 'left' })),
    rows: shown.map((run) => {
      const { id, state, createdAt, datasetRoot } = run.record;
      const of = recipes.get(run.folder) ?? [];
      // A baseline looks like a run of its own: it says whose it is.
      const whose = of.length === 0 ? '' : ` (${words('cli/runs/baseline-of', { recipes: of })})`;
      const cells = [
        id,
        words(`cli/runs/state/${state}`),
        createdAt.slice(0, 16).replace('T', ' '),
        `${runTitle(run)}${whose}`,
        datasetRoot.split('/').at(-1) ?? datasetRoot,
        readMarks(run.folder).tags.join(', '),
      ];
      return { marked: false, cells: cells.map((text) => ({ text })) };
    }),
  };
};

const list = async (named: readonly StoredRun[], args: Args, io: Io): Promise<void> => {
  const all = listRuns(storeOf(io));
  const shown = named.length > 0 ? named : all;
  if (args.flag('json')) {
    const runs = shown.map(({ folder, record }) => ({ folder, ...record, ...readMarks(folder) }));
    await writeJson(io, { schema: 'longtail.runs/1', runs });
  } else if (shown.length === 0) io.err(`${words('cli/runs/none', { store: storeOf(io) })}\n`);
  else await io.out(`${textTable(tableOf(shown, all), io.paint).join('\n')}\n`);
};

/** Throws where what is asked for does not go together. */
const checkActions = (args: Args, runs: number): 'delete' | 'mark' | 'list' => {
  const marks = args.text('name') !== undefined || args.text('tags') !== undefined;
  const drop = args.flag('delete');
  if (!marks && !drop) return 'list';
  if (marks && drop) throw new LongtailError('cli/runs/delete-alone');
  if (runs === 0)
    throw new LongtailError('cli/missing-argument', { argument: 'RUN', command: 'runs' });
  if (args.text('name') !== undefined && runs > 1) throw new LongtailError('cli/runs/one-name');
  return drop ? 'delete' : 'mark';
};

/** The runs of the store: list them, name, tag and delete them, as the editor's Runs view does. */
export const runs: Command = {
  name: 'runs',
  positionals: ['RUN'],
  many: true,
  optional: true,
  options: {
    name: { type: 'string', value: 'TEXT', about: 'runs-name' },
    tags: { type: 'string', value: 'A,B', about: 'runs-tags' },
    delete: { type: 'boolean', about: 'runs-delete' },
    json: { type: 'boolean' },
  },
  run: async (args, io) => {
    const action = checkActions(args, args.positionals.length);
    const named = args.positionals.map((name) => open(runFolder(name, io).folder));
    if (action === 'delete') {
      for (const { folder } of named) {
        deleteRun(folder);
        io.err(`${plainText(words('cli/runs/deleted', { folder }))}\n`);
      }
      return exitCodes.done;
    }
    if (action === 'mark') {
      const [name, tags] = [args.text('name'), args.text('tags')];
      for (const { folder } of named)
        markRun(folder, {
          ...(name === undefined ? {} : { name }),
          ...(tags === undefined ? {} : { tags: parseTags(tags) }),
        });
    }
    await list(named, args, io);
    return exitCodes.done;
  },
};
