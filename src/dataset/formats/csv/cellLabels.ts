/** What is known of a cell beside a class id: nothing, no label, several labels, no label at all. */
const unknown = -1;
const several = -2;
const none = -3;

/**
 * Labels of the cells of a table, by the cell's number. Nearly all cells have one label: a number
 * each, because a million small arrays fill the memory and scatter over it.
 */
export class CellLabels {
  private single = new Int32Array(1024).fill(unknown);
  private readonly lists = new Map<number, readonly number[]>();
  private readonly noLabel: readonly number[] = [];
  /** The one list of every cell with one label: read it before the next call. */
  private readonly oneLabel = [0];

  /** The labels of a cell, undefined for one that was not met. Good until the next call. */
  get(cell: number): readonly number[] | undefined {
    const label = cell < this.single.length ? (this.single[cell] ?? unknown) : unknown;
    if (label >= 0) {
      this.oneLabel[0] = label;
      return this.oneLabel;
    }
    if (label === unknown) return undefined;
    return label === none ? this.noLabel : this.lists.get(cell);
  }

  set(cell: number, labels: readonly number[]): void {
    if (cell >= this.single.length) {
      const single = new Int32Array(2 * Math.max(cell, this.single.length)).fill(unknown);
      single.set(this.single);
      this.single = single;
    }
    const [first, second] = labels;
    const isList = second !== undefined;
    this.single[cell] = isList ? several : (first ?? none);
    if (isList) this.lists.set(cell, labels);
  }
}
