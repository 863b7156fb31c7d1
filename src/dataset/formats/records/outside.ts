import type { IndexSink } from '../../types';
import { issue } from '../../issues';

const shown = 8;

/** Counts names of files that lead out of the dataset, and keeps the first few for the issue. */
export class OutsideNames {
  private count = 0;
  private readonly first: string[] = [];

  note(name: string): void {
    if (this.count++ < shown) this.first.push(name.trim().slice(0, 200));
  }

  report(sink: IndexSink, path: string): void {
    const { count, first } = this;
    if (count === 0) return;
    const names = count > shown ? [...first, '…'] : first;
    sink.issue(issue('warning', 'dataset/paths-outside', { names }, { path, count }));
  }
}
