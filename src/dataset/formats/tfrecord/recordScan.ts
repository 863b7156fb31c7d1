import { issue } from '../../issues';
import type { AreaClass, IndexSink, OpenFile } from '../../types';
import { areaClass } from '../records/areas';
import { byteRanges, featuresOf, numbersOf, textsOf } from './example';
import type { Feature } from './example';
import { FileWindow, Frames } from './frames';
import type { RecordPlan } from './plan';

const recordsPerPart = 1024;
const corners = ['xmin', 'ymin', 'xmax', 'ymax'];

/** Reads records into the sink: the label's feature alone, pictures by their length. */
export class RecordScan {
  several = false;
  unread = 0;
  readonly met = new Set<string>();

  constructor(
    private readonly sink: IndexSink,
    private readonly plan: RecordPlan,
    private readonly names: ReadonlyMap<number, string>,
  ) {}

  run(file: OpenFile, path: string, split: string, progress: (share: number) => void): void {
    const window = new FileWindow(file);
    const frames = new Frames(window);
    const container = this.sink.container(path);
    const splitId = this.sink.splitId(split);
    for (let count = 1; frames.read(); count++) {
      const { start, end } = frames;
      const features = new Map(featuresOf(window, start, end).map((each) => [each.key, each]));
      if (features.size === 0) this.unread++;
      const labels = this.labels(window, features.get(this.plan.label ?? ''));
      const areas = this.plan.isObjects ? this.areas(window, features, labels.length) : undefined;
      const picture = features.get(this.plan.picture ?? '');
      const [place] = picture === undefined ? [] : byteRanges(window, picture, 1);
      const from = place?.from ?? start;
      const length = place?.length ?? end - start;
      this.sink.sample(labels, splitId, container, '', from, length, 0, areas);
      if (count % recordsPerPart === 0) progress(end / file.size);
    }
    const detail = frames.damage;
    if (detail !== null)
      this.sink.issue(issue('error', 'dataset/rows-damaged', { detail }, { path }));
  }

  private labels(window: FileWindow, feature: Feature | undefined): readonly number[] {
    if (feature === undefined) return [];
    const names =
      feature.kind === 'bytes'
        ? textsOf(window, feature).map((text) => text.trim())
        : numbersOf(window, feature).map((id) =>
            id < 0 || Number.isNaN(id) ? '' : (this.names.get(id) ?? String(id)),
          );
    const filled = names.filter((name) => name !== '');
    const kept = this.plan.isObjects ? filled : [...new Set(filled)];
    if (kept.length > 1) this.several = true;
    return kept.map((name) => {
      this.met.add(name);
      return this.sink.classId(name);
    });
  }

  /** Boxes are in shares of the picture, whose size in pixels may be told. */
  private areas(
    window: FileWindow,
    features: ReadonlyMap<string, Feature>,
    count: number,
  ): readonly AreaClass[] {
    const numbers = (key: string): readonly number[] => {
      const feature = features.get(key);
      return feature === undefined || feature.kind === 'bytes' ? [] : numbersOf(window, feature);
    };
    const pixels = (numbers('image/width')[0] ?? 0) * (numbers('image/height')[0] ?? 0);
    const [x1 = [], y1 = [], x2 = [], y2 = []] = corners.map((each) =>
      numbers(`image/object/bbox/${each}`),
    );
    return Array.from({ length: count }, (_, i) => {
      if (x1.length !== count) return 0;
      const width = (x2[i] ?? 0) - (x1[i] ?? 0);
      return areaClass(width * ((y2[i] ?? 0) - (y1[i] ?? 0)) * pixels);
    });
  }
}
