import * as vscode from 'vscode';
import { say, words } from '../../words/say';
import { presets } from '../../config/presets';
import type { Recipe } from '../../recommend/configFor';
import type { Recommendation } from '../../recommend/types';
import type { Analysis } from '../datasets';

interface AdviceItem extends vscode.QuickPickItem {
  readonly advice: Recipe | null;
}

/** What a page or caller named: an id, `null` for the first that can be configured, or nothing. */
const named = (analysis: Analysis, id: unknown): Recommendation | null | undefined => {
  if (id === null) return analysis.advice.items.find(({ patch }) => patch !== null) ?? null;
  return typeof id === 'string'
    ? analysis.advice.items.find((advice) => advice.id === id)
    : undefined;
};

/** The recipe for a config: named, or picked by the user; null = the plain one, undefined = dismissed. */
export const chooseAdvice = async (
  analysis: Analysis,
  id: unknown,
): Promise<Recipe | null | undefined> => {
  const found = named(analysis, id);
  if (found !== undefined) return found;
  const items = analysis.advice.items
    .filter(({ patch }) => patch !== null)
    .map((advice): AdviceItem => ({
      label: say(advice.title),
      description: say({ code: `recommend/assumes-${advice.assumes}`, params: {} }),
      detail: say(advice.reason),
      advice,
    }));
  const plain: AdviceItem = {
    label: words('host/pick/plain-recipe'),
    detail: words('host/pick/plain-recipe-detail'),
    advice: null,
  };
  const { task, modality } = analysis.profile.dataset;
  const papers = presets
    .filter(({ images }) => task === 'single-label' && (!images || modality === 'image'))
    .map((preset): AdviceItem => ({
      label: words(`config/preset/${preset.id}`),
      description: words('host/pick/preset'),
      advice: preset,
    }));
  const placeHolder = words('host/pick/recipe');
  const chosen = await vscode.window.showQuickPick([...items, plain, ...papers], {
    placeHolder,
    matchOnDetail: true,
  });
  return chosen?.advice;
};
