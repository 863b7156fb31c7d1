import type { IndexSink, Task } from '../../types';
import { shownFile } from './shown';
import type { UploadedFiles } from './shown';
import { Repeats, taskOf } from './tasks';
import type { Answer, LabelTask } from './tasks';

const ranks: readonly Task[] = ['single-label', 'multi-label', 'sequence', 'detection'];
const widest = (a: Task, b: Task): Task => {
  if (a === 'segmentation' || b === 'segmentation') return 'segmentation';
  return ranks.indexOf(b) > ranks.indexOf(a) ? b : a;
};

/** Where a task stands in the file of the export. */
interface TaskPlace {
  readonly container: number;
  readonly offset: number;
  readonly length: number;
  readonly digest: number;
}

/** Reads tasks into the sink: the named question, or the first that is answered. */
export class TaskScan {
  task: Task = 'single-label';
  /** Items that are no tasks, annotations of further annotators, files that are not there. */
  damaged = 0;
  further = 0;
  missing = 0;
  readonly questions = new Set<string>();
  readonly classes = new Set<string>();
  private readonly repeats = new Repeats();

  constructor(
    private readonly sink: IndexSink,
    private readonly uploads: UploadedFiles,
    private readonly split: number,
    public question: string | undefined,
  ) {}

  /** One item of the export, parsed. */
  add(value: unknown, place: TaskPlace): void {
    const task = taskOf(value);
    if (task === null) {
      this.damaged++;
      return;
    }
    if (this.repeats.isRepeated(value)) {
      this.further++;
      return;
    }
    this.further += task.further;
    for (const { question } of task.answers) this.questions.add(question);
    this.question ??= task.answers[0]?.question;
    const answer = task.answers.find(({ question }) => question === this.question);
    this.sample(task, answer, place);
  }

  private sample(task: LabelTask, answer: Answer | undefined, at: TaskPlace): void {
    if (answer !== undefined) this.task = widest(this.task, answer.task);
    const ids = (answer?.labels ?? []).map((name) => {
      this.classes.add(name);
      return this.sink.classId(name);
    });
    const areas = answer?.areas ?? [];
    const shown = shownFile(task.data);
    const place = shown === null ? null : this.uploads.find(shown);
    if (shown !== null && place === null) this.missing++;
    if (place === null) {
      const { container, offset, length, digest } = at;
      this.sink.sample(ids, this.split, container, '', offset, length, digest, areas);
    } else {
      const folder = this.sink.container(place.folder);
      this.sink.sample(ids, this.split, folder, place.name, 0, 0, 0, areas);
    }
  }
}
