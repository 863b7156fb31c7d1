import { readHead, withoutGz } from '../../bytes/openBytes';
import { isSystemError } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource, FormatOptions } from '../../types';
import { extensionOf, join, listFolder, rootFolder } from '../folders';
import { planConll } from './plan';
import type { ConllPlan } from './plan';

const headBytes = 64 * 1024;
const maxFiles = 64;
const own: ReadonlySet<string> = new Set(
  'conll conllu conllup conll03 conll2003 iob iob2 bio bioes bilou bmes ner pos'.split(' '),
);
const shared: ReadonlySet<string> = new Set(
  'txt tsv train dev valid test testa testb data'.split(' '),
);

export interface ConllFile {
  readonly file: string;
  readonly split: string;
  readonly plan: ConllPlan;
}

export interface ConllFiles {
  readonly folder: string;
  readonly chosen: readonly ConllFile[];
  readonly skipped: readonly string[];
  /** 0 … 1: how surely these are sentences with tags. */
  readonly confidence: number;
}

/** The split a file's name says; `testa` and `testb` are those of CoNLL-2003. */
const splitOf = (name: string): string | null => {
  const bare = withoutGz(name);
  if (/[._-]testa(?:\.\w+)?$/i.test(bare)) return 'validation';
  if (/[._-]testb(?:\.\w+)?$/i.test(bare)) return 'test';
  return knownSplit(bare.replace(/\.(?:conll\w*|iob2?|bio\w*|txt|tsv)$/i, ''));
};

/** Tags of entities in even columns tell by themselves; others need an ending that says so. */
const confidenceOf = (name: string, plan: ConllPlan): number => {
  if (plan.tokens === 0 || plan.fitting < 0.8 * plan.tokens) return 0;
  if (plan.kind === 'entities') return plan.sentences > 1 ? 0.94 : 0.88;
  if (plan.isConllU) return 0.93;
  const isOwn = own.has(extensionOf(withoutGz(name)));
  if (isOwn) return 0.85;
  return plan.kind === 'types' && plan.sentences > 2 && plan.parting === 'blank' ? 0.5 : 0;
};

/** Files of sentences: those with a split in their name, else the first. Reads the head of each. */
export const findConll = (source: FileSource, root: string, options: FormatOptions): ConllFiles => {
  const { folder, only } = rootFolder(source, root);
  const isWanted = (name: string): boolean => {
    const ending = extensionOf(withoutGz(name));
    return own.has(ending) || shared.has(ending);
  };
  const names = only === null ? listFolder(source, folder).files.filter(isWanted) : [only];
  const isNamed = options.format === 'conll';
  const found = names.slice(0, maxFiles).flatMap((file) => {
    try {
      const head = readHead(source, join(folder, file), headBytes);
      const plan = planConll(head, head.length >= headBytes, options.labelColumn);
      if (plan === null) return [];
      const confidence = confidenceOf(file, plan);
      return confidence > 0 || isNamed ? [{ file, plan, confidence }] : [];
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return [];
    }
  });
  const kind = found[0]?.plan.kind;
  const alike = found.filter(({ plan }) => plan.kind === kind);
  const parts = alike.filter(({ file }) => splitOf(file) !== null);
  const chosen = parts.length > 0 ? parts : alike.slice(0, 1);
  const split = (file: string): string => (only === null ? splitOf(file) : null) ?? noSplit;
  return {
    folder,
    chosen: chosen.map(({ file, plan }) => ({ file, plan, split: split(file) })),
    skipped: found.filter((each) => !chosen.includes(each)).map(({ file }) => file),
    confidence: Math.max(0, ...chosen.map(({ confidence }) => confidence)),
  };
};
