import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkLabelFiles } from '../../../src/dataset/labelFiles';
import type { FileProblem, LabelFacts, LabelFix } from '../../../src/dataset/labelFiles/types';
import { say } from '../../../src/words/say';
import { memorySource, type Tree } from './memorySource';

const facts = (
  classes: Readonly<Record<string, Readonly<Record<string, number>>>>,
): LabelFacts => ({
  classes: Object.entries(classes).map(([name, splits]) => ({
    name,
    splits,
    count: Object.values(splits).reduce((a, b) => a + b, 0),
  })),
});

const check = (
  format: string,
  tree: Tree,
  known: LabelFacts,
): Readonly<Record<string, readonly FileProblem[]>> => {
  const question = { source: memorySource(tree), root: '/d', options: {}, facts: known };
  return Object.fromEntries(checkLabelFiles(format, question));
};

/** What a file's problems are and where: `code@line:column`, from 1 as people count. */
const places = (problems: readonly FileProblem[] | undefined): readonly string[] =>
  (problems ?? []).map(
    ({ message, span }) =>
      `${message.code.replace('labelFiles/', '')}@${span.startLine + 1}:${span.startColumn + 1}`,
  );

/** The text after a fix. */
const fixed = (text: string, fix: LabelFix | undefined): string => {
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
  const offset = (line: number, column: number): number => (starts[line] ?? text.length) + column;
  return [...(fix?.edits ?? [])]
    .sort((a, b) => b.span.startLine - a.span.startLine || b.span.startColumn - a.span.startColumn)
    .reduce(
      (now, { span, text: own }) =>
        now.slice(0, offset(span.startLine, span.startColumn)) +
        own +
        now.slice(offset(span.endLine, span.endColumn)),
      text,
    );
};

const table = `path,label,split
a.png,bee,train
b.png,bee,train
b.png,bee,train
c.png, Bee,val
"d.png",wasp,val
e.png,wasp,val
`;

describe('problems in label files', () => {
  it('names rows of a table that repeat, are spelt otherwise, or are not trained on', () => {
    const known = facts({
      bee: { train: 3, validation: 0 },
      Bee: { train: 0, validation: 1 },
      wasp: { train: 0, validation: 2 },
    });
    const found = check('csv', { '/d/labels.csv': table }, known)['/d/labels.csv'];
    expect(places(found)).toEqual([
      'repeated-row@4:1',
      'spelling@5:8',
      'not-in-train@5:8',
      'not-in-train@6:1',
    ]);
    const [repeated, spelling] = found ?? [];
    expect(repeated?.message.params).toEqual({ line: 3 });
    expect(fixed(table, repeated?.fixes[0])).toBe(table.replace('b.png,bee,train\nb', 'b'));
    expect(fixed(table, spelling?.fixes[0])).toBe(table.replace(', Bee,', ', bee,'));
  });

  it('leaves tables alone whose rows are labels and nothing else', () => {
    const text = 'label\nbee\nbee\nwasp\nbee\n';
    const found = check('csv', { '/d/l.csv': text }, facts({ bee: { all: 3 }, wasp: { all: 1 } }));
    expect(found).toEqual({ '/d/l.csv': [] });
  });

  const yaml = `train: images/train
nc: 4 # all of them
names:
  - cat # the first
  - dog
  - cat
`;

  it('holds the names of data.yaml against the numbers that are used, and against nc', () => {
    const known = facts({ cat: { all: 3 }, dog: { all: 0 }, '4': { all: 2 } });
    const [[, found] = ['', []]] = Object.entries(check('yolo', { '/d/data.yaml': yaml }, known));
    expect(places(found)).toEqual([
      'count-differs@2:5',
      'ids-without-name@4:3',
      'dead-name@5:5',
      'name-twice@6:5',
    ]);
    const [count, missing, dead, twice] = found;
    expect(fixed(yaml, count?.fixes[0])).toContain('nc: 3 # all of them');
    expect(parse(fixed(yaml, missing?.fixes[0]))).toMatchObject({
      nc: 5,
      names: ['cat', 'dog', 'cat', 'class_3', 'class_4'],
    });
    expect(fixed(yaml, missing?.fixes[0])).toContain('- cat # the first');
    expect(dead?.fixes).toEqual([]);
    expect(fixed(yaml, twice?.fixes[0])).toContain('- dog\n  - cat_2');
  });

  it.each([
    ['train: x\nnames: [cat, dog]\n', { names: ['cat', 'dog', 'class_2', 'class_3'] }],
    ['train: x\nnames: { 0: cat, 1: dog }\n', { names: { 0: 'cat', 1: 'dog', 3: 'class_3' } }],
    ['train: x\nnames:\n  0: cat\n  1: dog\n', { names: { 0: 'cat', 1: 'dog', 3: 'class_3' } }],
  ])('adds names as they are written: %j', (text, wanted) => {
    const known = facts({ cat: { all: 3 }, dog: { all: 1 }, '3': { all: 2 } });
    const found = check('yolo', { '/d/data.yaml': text }, known)['/d/data.yaml'];
    expect(places(found)).toEqual([expect.stringMatching(/^ids-without-name/)]);
    expect(parse(fixed(text, found?.[0]?.fixes[0]))).toMatchObject(wanted);
  });

  it.each([0, 2])(
    'names categories without annotations and ids without a category, indented by %i',
    (indent) => {
      const value = {
        images: [{ id: 1, file_name: 'a.png' }],
        categories: [
          { id: 1, name: 'bee' },
          { id: 2, name: 'yeti' },
          { id: 3, name: 'wasp' },
        ],
        annotations: [
          { id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 1, 1] },
          { id: 2, image_id: 1, category_id: 9, bbox: [0, 0, 1, 1] },
        ],
      };
      const text = JSON.stringify(value, null, indent);
      const known = facts({ bee: { train: 1 }, yeti: { train: 0 }, wasp: { validation: 4 } });
      const found = check('coco', { '/d/instances_train.json': text }, known)[
        '/d/instances_train.json'
      ];
      expect((found ?? []).map(({ message }) => message.code)).toEqual([
        'labelFiles/dead-category',
        'labelFiles/not-in-train',
        'labelFiles/unknown-id',
      ]);
      const dead = found?.[0];
      const before = text.split('\n').slice(0, (dead?.span.startLine ?? 0) + 1);
      expect(before.at(-1)?.slice(dead?.span.startColumn)).toMatch(/^\{/);
      const left = JSON.parse(fixed(text, dead?.fixes[0])) as typeof value;
      expect(left.categories.map(({ name }) => name)).toEqual(['bee', 'wasp']);
    },
  );

  it('names lines of lists that are damaged, repeated, negative or not trained on', () => {
    const train = 'a/1.jpg 0\na/2.jpg 0\nb/3.jpg 1\na/2.jpg 0\nb/3.jpg 0\nb/4.jpg\nb/5.jpg -1\n';
    const val = 'a/6.jpg 0\nc/7.jpg 2\nc/8.jpg 2\n';
    const more = Array.from({ length: 60 }, (_, i) => `a/x${i}.jpg 0\n`).join('');
    const tree = { '/d/train.txt': train + more, '/d/val.txt': val };
    const found = check('list-file', tree, facts({}));
    expect(places(found['/d/train.txt'])).toEqual([
      'repeated-row@4:1',
      'two-labels@5:1',
      'damaged-line@6:1',
      'negative-id@7:1',
    ]);
    expect(places(found['/d/val.txt'])).toEqual(['id-not-in-train@2:1']);
    expect(fixed(train, found['/d/train.txt']?.[0]?.fixes[0])).toBe(
      train.replace('1\na/2.jpg 0\n', '1\n'),
    );
  });

  it('stops at a hundred problems, and has a sentence for each', () => {
    const text = `path,label\n${'a.png,bee\n'.repeat(300)}`;
    const found = check('csv', { '/d/l.csv': text }, facts({ bee: { all: 300 } }))['/d/l.csv'];
    expect(found).toHaveLength(100);
    for (const { message, fixes } of found ?? [])
      for (const one of [message, ...fixes.map(({ title }) => title)])
        expect(say(one)).not.toMatch(/labelFiles\/|\?/);
  });

  it('has nothing to say of formats nobody writes by hand', () => {
    expect(check('parquet', {}, facts({}))).toEqual({});
  });
});
