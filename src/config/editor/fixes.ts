import { isMap, parseDocument } from 'yaml';
import type { Message, MessageParams } from '../../common/errors';
import type { KeyPath } from '../keys';
import type { ConfigIssue } from '../parse';
import { addItems, removeAt, renameKey, setAt, type TextEdit } from './edits';

/** One way to put an issue right. */
export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
  /** The one to take where there is no doubt. */
  readonly isPreferred: boolean;
}

type MakeFixes = (text: string, issue: ConfigIssue) => readonly Fix[];

const fix = (
  code: string,
  params: MessageParams,
  edits: readonly TextEdit[],
  isPreferred = false,
): readonly Fix[] =>
  edits.length === 0 ? [] : [{ title: { code: `guide/fix/${code}`, params }, edits, isPreferred }];

const textOf = ({ params }: ConfigIssue, name: string): string => {
  const value = params[name];
  return typeof value === 'string' ? value : '';
};

const namesOf = ({ params }: ConfigIssue): readonly string[] => {
  const { names } = params;
  return Array.isArray(names) ? names.map(String) : [];
};

const shown = (path: KeyPath): string => String(path.at(-1) ?? '');

const remove =
  (of: (at: KeyPath) => KeyPath = (at) => at): MakeFixes =>
  (text, issue) =>
    fix('remove', { what: shown(of(issue.at)) }, removeAt(text, of(issue.at)));

const set =
  (of: (at: KeyPath) => KeyPath, value: unknown, isPreferred = false): MakeFixes =>
  (text, issue) => {
    const path = of(issue.at);
    const kind =
      typeof value === 'object' && value !== null && 'kind' in value ? value.kind : value;
    const params = { what: shown(path), value: String(kind) };
    return fix('set', params, setAt(text, path, value), isPreferred);
  };

const own = (at: KeyPath): KeyPath => at;
/** A key of the stage the issue is about. */
const ofStage =
  (key: string) =>
  (at: KeyPath): KeyPath => [...at.slice(0, 2), key];
const to =
  (...path: KeyPath) =>
  (): KeyPath =>
    path;

const replaceKey: MakeFixes = (text, issue) => {
  const near = textOf(issue, 'near');
  return fix('rename', { near }, renameKey(text, issue.at, near), true);
};

const replaceValue: MakeFixes = (text, issue) => {
  const near = textOf(issue, 'near');
  // A class with a share is a key, any other name a value.
  const isKey = issue.at[0] === 'goal' && issue.at[1] === 'prior' && issue.at.length === 3;
  const edits = isKey ? renameKey(text, issue.at, near) : setAt(text, issue.at, near);
  return fix('rename', { near }, edits, true);
};

/** A class with a share that is not on disk, while one on disk has none: it was renamed. */
const renamedClass: MakeFixes = (text, issue) => {
  const { known } = issue.params;
  if (issue.at[1] !== 'prior' || !Array.isArray(known)) return [];
  const shares: unknown = parseDocument(text).getIn(['goal', 'prior']);
  const without = known.map(String).filter((name) => isMap(shares) && !shares.has(name));
  const [name] = without;
  if (name === undefined || without.length > 1) return [];
  return fix('renamed', { name }, renameKey(text, issue.at, name), true);
};

const all =
  (...makers: readonly MakeFixes[]): MakeFixes =>
  (text, issue) =>
    makers.flatMap((make) => make(text, issue));

const instance = { kind: 'instance' };
const noPosthoc = set(to('posthoc'), { kind: 'none' });
const plainSampler = set(ofStage('sampler'), instance);
const withoutWeights = remove(ofStage('weights'));
const withoutMixing = remove(ofStage('mixing'));

/** Issues with a fix that is a change of the text: one row a code. */
const rows: Readonly<Record<string, MakeFixes>> = {
  'config/unknown-key-near': all(replaceKey, remove()),
  'config/unknown-key': remove(),
  'config/choice-near': replaceValue,
  'config/unknown-class-near': all(replaceValue, remove()),
  'config/unknown-class': all(renamedClass, remove()),
  'config/class-twice': remove(),
  'config/unknown-split-near': replaceValue,
  'config/unknown-preset-near': replaceValue,
  'config/empty-class': (text, issue) => {
    const names = namesOf(issue);
    // More are empty than the issue names: a list that is not whole would be no fix.
    if (issue.params['count'] !== names.length) return [];
    return fix('ignore', { names }, addItems(text, ['dataset', 'classes', 'ignore'], names));
  },
  'config/prior-missing': (text, issue) => {
    const [name] = namesOf(issue);
    return name === undefined ? [] : fix('share', { name }, setAt(text, [...issue.at, name], 0));
  },
  'config/flip-unsafe': (text) => {
    const at = ['input', 'augment'];
    const crop = /crop/.test(text) ? ['crop'] : [];
    return fix('set', { what: 'augment', value: `[${crop.join()}]` }, setAt(text, at, crop), true);
  },
  'config/first-stage-frozen': set(own, 'all', true),
  'config/tail-augment': remove(),
  'config/mixed-features': remove(),
  'config/bbn-mixing': remove(),
  'config/bias-init-cosine': remove(),
  'config/scaled-fresh': all(remove(), set(ofStage('trainable'), 'classifier-and-scale')),
  'config/scaled-cosine': set(own, 'classifier'),
  'config/pretrained-tfjs-only': remove(),
  'config/one-label': remove(),
  'config/resample-labels': set(own, { kind: 'repeat-factor' }),
  'config/ratio-reached': remove(),
  'config/input-modality': (text, issue) => {
    const value = textOf(issue, 'modality');
    return fix('set', { what: 'kind', value }, setAt(text, issue.at, value), true);
  },
  'config/heavy-weight': all(
    set((at) => [...at, 'kind'], 'inverse-sqrt'),
    remove(),
  ),
  'config/row/sampling-and-weights': all(withoutWeights, plainSampler),
  'config/row/logit-adjusted-and-sampling': plainSampler,
  'config/row/balanced-head': plainSampler,
  'config/row/logit-adjusted-and-posthoc': noPosthoc,
  'config/row/posthoc-after-balanced': noPosthoc,
  'config/row/undersampling-threshold': noPosthoc,
  'config/row/tau-norm': noPosthoc,
  'config/row/logit-adjusted-and-weights': withoutWeights,
  'config/row/remix-and-weights': all(withoutWeights, withoutMixing),
  'config/row/remix-and-ldam': withoutMixing,
  'config/row/mixup-fine-tune': withoutMixing,
  'config/row/mixup-short': withoutMixing,
  'config/row/large-beta': set(ofStage('weights'), { kind: 'effective-number', beta: 0.99 }),
  'config/row/balanced-features': plainSampler,
  'config/row/focal-and-oversampling': plainSampler,
  'config/row/ldam-without-cosine': set(to('model', 'classifier'), { kind: 'cosine' }),
  'config/row/cosine-without-scale': set(to('model', 'classifier', 'scale'), 30),
  'config/row/balanced-for-skewed': set(own, 'uniform'),
  'config/row/chosen-on-test': all(
    set(to('posthoc', 'tau'), 1),
    set(to('dataset', 'splits', 'validation'), 0.1),
  ),
};

/**
 * The ways to put an issue of a config right by changing its text. Comments and everything else stay
 * as they are. Empty where only the user can know.
 */
export const fixesFor = (text: string, issue: ConfigIssue): readonly Fix[] =>
  rows[issue.code]?.(text, issue) ?? [];
