import { statSync } from 'node:fs';
import { CancelledError, LongtailError, type Message } from '../../common/errors';
import { openNewRows, type NewRow } from '../../dataset/newRows';
import { nodeFileSource } from '../../dataset/nodeFileSource';
import type { ModelJob, PredictedItem } from '../../protocol/modelJob';
import { say } from '../../words/say';
import { selectBackend } from '../backend/selectBackend';
import type { FinishedModel } from './finishedModel';
import type { JobControl } from './jobControl';
import { runModel } from './logits';
import type { RowInput } from './rowInput';
import { probabilitiesOf, topGuesses } from './scores';

const damaged = ({ number }: NewRow): Message => ({
  code: 'model/row-damaged',
  params: { row: String(number) },
});

/**
 * Runs a model over the rows of a file, a few at a time and in order. A row that lost fields, and
 * one with something else where a number belongs, is said to be so. Throws CancelledError when
 * asked to stop, `model/no-such-path`, and what `openNewRows` throws.
 */
export const predictRows = async (
  model: FinishedModel,
  input: RowInput,
  { path, batch, top }: Extract<ModelJob, { kind: 'predict' }>,
  control: JobControl,
): Promise<void> => {
  const { description } = model;
  if (statSync(path, { throwIfNoEntry: false }) === undefined)
    throw new LongtailError('model/no-such-path', { path });
  const { wanted, isText, width } = input;
  const rows = openNewRows(nodeFileSource, path.replaceAll('\\', '/'), { wanted, isText });
  const { ops } = await selectBackend(control.backend);
  const running = runModel(ops, model);
  const classes = description.classes.length;
  const numbers = new Float32Array(batch * width);
  let waiting: { readonly row: number; readonly wrong: Message | null }[] = [];
  const flush = async (): Promise<void> => {
    const some = waiting;
    if (control.shouldStop()) throw new CancelledError();
    const inputs = numbers.slice(0, some.length * width);
    const probabilities = probabilitiesOf(description, running.logits(inputs, some.length));
    waiting = [];
    numbers.fill(0);
    await control.onItems(
      some.map(({ row, wrong }, i): PredictedItem => {
        if (wrong !== null) return { path, row, unreadable: say(wrong) };
        const own = probabilities.subarray(i * classes, (i + 1) * classes);
        return { path, row, guesses: topGuesses(description, own, top), folder: null };
      }),
    );
  };
  try {
    control.onOpened(description, isText ? 'texts' : 'rows', rows.count);
    for (const row of rows.each()) {
      const at = waiting.length * width;
      const into = numbers.subarray(at, at + width);
      const wrong = row.isWhole ? input.write(row, into, rows.decimalComma) : damaged(row);
      waiting.push({ row: row.number, wrong });
      if (waiting.length === batch) await flush();
    }
    if (waiting.length > 0) await flush();
  } finally {
    running.dispose();
    rows.close();
  }
};
