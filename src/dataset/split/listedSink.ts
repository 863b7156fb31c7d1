import { join } from '../formats/folders';
import { issue } from '../issues';
import { packNames, unpackNames } from '../packedNames';
import type { IndexSink } from '../types';
import type { SplitLists } from './splitLists';

/** Split of the samples that no list names. */
export const unlisted = 'unlisted';

/** A sink whose samples get their splits from lists, whatever the format says of them. */
export const listedSink = (sink: IndexSink, lists: SplitLists): IndexSink => {
  const containers: string[] = [];
  const ids: number[] = [];
  const splitId = (listed: number): number =>
    (ids[listed + 1] ??= sink.splitId(listed < 0 ? unlisted : (lists.names[listed] ?? unlisted)));
  const splitOf = (container: number, name: string, offset: number, length: number): number =>
    splitId(lists.splitOf(join(containers[container] ?? '', name), offset, length));
  return {
    classId: (name) => sink.classId(name),
    classNames: () => sink.classNames(),
    // What the dataset says of splits is not asked for.
    splitId: () => 0,
    container: (path) => {
      const id = sink.container(path);
      containers[id] = path;
      return id;
    },
    sample: (labels, _split, container, name, offset, length, digest, areas) => {
      const split = splitOf(container, name, offset, length);
      sink.sample(labels, split, container, name, offset, length, digest, areas);
    },
    rows: (batch, count) => {
      const { container, offsets, lengths, splits } = batch;
      for (let row = 0; row < count; row++)
        splits[row] = splitOf(container, '', offsets[row] ?? 0, lengths[row] ?? 0);
      sink.rows(batch, count);
    },
    files: (labels, _split, container, names) => {
      const bySplit = new Map<number, string[]>();
      for (const name of unpackNames(names)) {
        const split = splitOf(container, name, 0, 0);
        const known = bySplit.get(split);
        if (known === undefined) bySplit.set(split, [name]);
        else known.push(name);
      }
      for (const [split, own] of bySplit)
        for (const part of packNames(own)) sink.files(labels, split, container, part);
    },
    issue: (found) => sink.issue(found),
    tick: (samples) => sink.tick(samples),
    share: (done) => sink.share(done),
    describe: (facts) => sink.describe(facts),
  };
};

/** The issues of lists that do not fit the dataset, once it was read. */
export const tellOfLists = (lists: SplitLists, path: string, sink: IndexSink): void => {
  const say = (severity: 'info' | 'warning', code: string, count: number): void => {
    if (count > 0) sink.issue(issue(severity, code, {}, { path, count }));
  };
  say('warning', 'dataset/split-lists-unmatched', lists.unmatched);
  say('warning', 'dataset/split-lists-contrary', lists.contrary);
  say('info', 'dataset/split-lists-unlisted', lists.unlisted);
};
