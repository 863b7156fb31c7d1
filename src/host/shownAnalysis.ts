import * as vscode from 'vscode';
import { LongtailError } from '../common/errors';
import { everyClass, isEveryClass } from '../dataset/classChoice';
import type { ClassChoice } from '../dataset/classView';
import { hasNativeRuntime } from '../runtime/folder';
import { say } from '../words/say';
import type { Analysis } from './datasets';
import type { Host } from './host';
import { profileInThread } from './profileJob';
import { trainerEnvironment } from './settings';
import { analysisFor } from './targets';

/** The last view of each analysis, until another is chosen or the data are read again. */
const made = new WeakMap<Analysis, { readonly key: string; readonly shown: Promise<Analysis> }>();

const ofChoice = async (
  { paths, goals }: Pick<Host, 'paths' | 'goals'>,
  analysis: Analysis,
  classes: ClassChoice,
): Promise<Analysis> => {
  const { indexPath, scanSeconds } = analysis;
  const withoutNative = !hasNativeRuntime(trainerEnvironment());
  const job = { indexPath, withoutNative, classes, asked: goals.of(analysis.root) };
  const { named, profile, facts, columns, pictures, advice, plainEffect } = await profileInThread(
    paths.profileWorker,
    job,
    undefined,
  );
  const own = { named, profile, facts, columns, pictures, advice, plainEffect };
  return { ...analysis, ...own, scanSeconds, classes };
};

/**
 * An analysis of the classes as somebody chose to see them, with the bands that were set; the data
 * and the analysis of all of them stay. Classes are counted anew in the profile's thread. A choice
 * that no longer fits the data is dropped with a word about it.
 */
export const shownAnalysis = async (
  host: Pick<Host, 'paths' | 'datasets' | 'goals'>,
  analysis: Analysis,
): Promise<Analysis> => {
  const { views } = host.datasets;
  const { classes, bands } = views.of(analysis.root);
  const withBands = (shown: Analysis): Analysis =>
    bands === null ? shown : { ...shown, bandsSet: bands };
  if (isEveryClass(classes)) return withBands(analysis);
  const key = JSON.stringify(classes);
  const known = made.get(analysis);
  const shown = known?.key === key ? known.shown : ofChoice(host, analysis, classes);
  made.set(analysis, { key, shown });
  try {
    return withBands(await shown);
  } catch (error) {
    if (!(error instanceof LongtailError)) throw error;
    await views.chooseClasses(analysis.root, everyClass);
    void vscode.window.showWarningMessage(say(error));
    return withBands(analysis);
  }
};

/** `analysisFor`, of the classes as they are shown. */
export const shownAnalysisFor = async (
  host: Host,
  argument: unknown,
): Promise<Analysis | undefined> => {
  const analysis = await analysisFor(host, argument);
  return analysis === undefined ? undefined : shownAnalysis(host, analysis);
};
