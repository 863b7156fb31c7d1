import * as vscode from 'vscode';
import { words } from '../../words/say';
import type { CountsFrom } from '../correctionJob';
import {
  askForCounts,
  askForOutputs,
  askHowTrained,
  makeCorrection,
  saveCorrection,
  showCorrection,
} from '../correctPredictions';
import { guarded } from '../failure';
import { commandIds } from '../ids';
import { pathOf } from '../targets';
import type { Command } from './command';

/** What another extension or a test says instead of being asked: `{ trained, counts }` by class name. */
const answersOf = (
  value: unknown,
): { readonly trained: string; readonly counts: CountsFrom } | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { trained, counts } = value as { readonly trained?: unknown; readonly counts?: unknown };
  if (typeof trained !== 'string' || typeof counts !== 'object' || counts === null) return null;
  const entries = Object.entries(counts).map(([name, count]) => [name, Number(count)] as const);
  return { trained, counts: { kind: 'named', counts: entries } };
};

/**
 * Corrects the outputs of a model trained anywhere, shows every class before and after, and offers
 * to save them. Nothing is trained; predictions are written only where the user says.
 */
export const correctCommand: Command = {
  id: commandIds.correct,
  run: async (desk, argument, answers) => {
    const path = pathOf(argument) ?? (await askForOutputs());
    if (path === undefined) return;
    const told = answersOf(answers);
    const trained = told?.trained ?? (await askHowTrained());
    if (trained === undefined) return;
    const counts = told?.counts ?? (await askForCounts(desk, path));
    if (counts === undefined) return;
    const job = { kind: 'correct', path, parts: {}, trained, counts, out: null } as const;
    const made = await makeCorrection(desk, job);
    if (made === undefined) return;
    await showCorrection(desk, made);
    const save = words('host/correct/save');
    const saving = guarded(desk.log, async (answer: string | undefined) => {
      if (answer === save) await saveCorrection(desk, made);
    });
    // Not waited for: the report is there, and the notification may stay as long as it likes.
    void vscode.window.showInformationMessage(made.sentence, save).then(saving);
  },
};
