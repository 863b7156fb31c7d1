import * as vscode from 'vscode';
import type { Issue, Message } from '../common/errors';
import type { PictureFacts } from '../dataset/pictureFacts';
import type { ClassChoice } from '../dataset/classView';
import type { FormatOptions } from '../dataset/types';
import type { ProfileFacts } from '../profile/classRows';
import type { PackedColumns } from '../profile/packedColumns';
import type { Bands, LongTailProfile } from '../profile/types';
import type { Recommendations } from '../recommend/types';
import { stateKeys } from './ids';
import { createViews, type DatasetViews } from './datasetViews';

/** What a scan gave, while the window lives. */
export interface Analysis {
  readonly root: string;
  readonly options: FormatOptions;
  /** Options the index was read under. */
  readonly named: FormatOptions;
  /** Where the index lies in the cache, for threads that read it. */
  readonly indexPath: string;
  /** Its classes become objects when they are first looked at. */
  readonly profile: LongTailProfile;
  /** The same without and its classes in columns: what goes to a page. */
  readonly facts: ProfileFacts;
  readonly columns: PackedColumns;
  readonly pictures: PictureFacts | null;
  readonly advice: Recommendations;
  readonly plainEffect: Message | null;
  /** null when the index was still valid and nothing was read again. */
  readonly scanSeconds: number | null;
  /** Where it is of the classes as somebody chose to see them: that choice. */
  readonly classes?: ClassChoice;
  /** Bands that were set by hand. */
  readonly bandsSet?: Bands['thresholds'];
}

/** What the list of datasets keeps over a reload. */
export interface KnownDataset {
  readonly root: string;
  readonly options: FormatOptions;
  readonly samples: number;
  readonly classes: number;
  readonly imbalanceRatio: number | null;
  readonly issues: readonly Issue[];
  /** Absent where an earlier version wrote the list. */
  readonly fingerprint?: string;
}

/** The list of scanned datasets, newest first, and the analyses of this window. */
export interface Datasets {
  readonly onDidChange: vscode.Event<void>;
  /** The root of a dataset that was scanned just now. */
  readonly onDidScan: vscode.Event<string>;
  list(): readonly KnownDataset[];
  analysis(root: string): Analysis | undefined;
  put(analysis: Analysis): Promise<void>;
  /** Whether files were seen to have changed since the last scan. */
  isStale(root: string): boolean;
  markStale(root: string): void;
  /** Other advice for an analysis that is still the one of its dataset; the list stays as it is. */
  advise(analysis: Analysis, advice: Recommendations): void;
  forget(root: string): Promise<void>;
  /** How somebody wants to see each: kept here, never in the data. */
  readonly views: DatasetViews;
  dispose(): void;
}

/** More are in the profile; the list is no place for thousands. */
const keptIssues = 50;
const keptDatasets = 100;

const summary = ({ root, options, profile }: Analysis): KnownDataset => ({
  root,
  options,
  samples: profile.samples,
  classes: profile.metrics['numClasses'] ?? 0,
  imbalanceRatio: profile.metrics['imbalanceRatio'] ?? null,
  issues: profile.issues.slice(0, keptIssues),
  fingerprint: profile.dataset.fingerprint,
});

const isKnown = (value: unknown): value is KnownDataset =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<KnownDataset>).root === 'string' &&
  typeof (value as Partial<KnownDataset>).samples === 'number' &&
  Array.isArray((value as Partial<KnownDataset>).issues);

/** Reads the list out of the workspace's memory; analyses start empty. */
export const createDatasets = (memory: vscode.Memento): Datasets => {
  const changed = new vscode.EventEmitter<void>();
  const scanned = new vscode.EventEmitter<string>();
  const analyses = new Map<string, Analysis>();
  const stale = new Set<string>();
  const list = (): readonly KnownDataset[] => {
    const kept = memory.get<unknown>(stateKeys.datasets);
    return Array.isArray(kept) ? kept.filter(isKnown) : [];
  };
  const save = async (datasets: readonly KnownDataset[]): Promise<void> => {
    await memory.update(stateKeys.datasets, datasets);
    changed.fire();
  };
  const views = createViews(memory);
  return {
    onDidChange: changed.event,
    views,
    onDidScan: scanned.event,
    list,
    analysis: (root) => analyses.get(root),
    put: async (analysis) => {
      analyses.set(analysis.root, analysis);
      stale.delete(analysis.root);
      const others = list().filter(({ root }) => root !== analysis.root);
      await save([summary(analysis), ...others].slice(0, keptDatasets));
      scanned.fire(analysis.root);
    },
    isStale: (root) => stale.has(root),
    markStale: (root) => {
      if (stale.has(root)) return;
      stale.add(root);
      changed.fire();
    },
    advise: (analysis, advice) => {
      if (analyses.get(analysis.root) === analysis)
        analyses.set(analysis.root, { ...analysis, advice });
    },
    forget: async (root) => {
      analyses.delete(root);
      await views.forget(root);
      stale.delete(root);
      return save(list().filter((known) => known.root !== root));
    },
    dispose: () => {
      changed.dispose();
      scanned.dispose();
    },
  };
};
