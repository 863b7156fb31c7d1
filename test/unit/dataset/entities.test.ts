import { describe, expect, it } from 'vitest';
import { EntityStarts, bareTag, readTag } from '../../../src/dataset/formats/conll/entities';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { memorySource } from './memorySource';

/** Types of the entities of sentences, a word a tag, sentences parted by "|". */
const entities = (tags: string, read = readTag): string[] => {
  const starts = new EntityStarts();
  return tags.split(' | ').flatMap((sentence) => {
    starts.reset();
    return sentence.split(' ').flatMap((text) => {
      const tag = read(text);
      return tag !== null && starts.begins(tag) ? [tag.type] : [];
    });
  });
};

// Counted by hand, entity by entity, from the definition of each scheme.
describe('entities of tags', () => {
  it.each([
    ['none', 'O O O', []],
    ['IOB2: one of two tokens', 'O B-A I-A O', ['A']],
    ['IOB2: two side by side', 'B-A I-A B-A', ['A', 'A']],
    ['IOB1: one of two tokens', 'O I-A I-A O', ['A']],
    ['IOB1: B only between two of a type', 'I-A B-A I-A O', ['A', 'A']],
    ['IOB1: another type needs no B', 'I-A I-B I-B O I-A', ['A', 'B', 'A']],
    ['IOB1 read as IOB2 would join nothing', 'I-A O I-A', ['A', 'A']],
    ['BIOES', 'S-A B-B I-B E-B S-A O B-A E-A', ['A', 'B', 'A', 'A']],
    ['BILOU', 'U-A U-A B-B L-B L-B', ['A', 'A', 'B', 'B']],
    ['BMEWO', 'B-A M-A E-A W-A O', ['A', 'A']],
    ['an I behind E begins one', 'B-A E-A I-A', ['A', 'A']],
    ['an I of another type behind B', 'B-A I-B', ['A', 'B']],
    ['sentences part entities', 'B-A I-A | I-A', ['A', 'A']],
    ['types with a dash', 'B-a-b I-a-b I-a-c', ['a-b', 'a-c']],
    ['no types', 'B I O I', ['', '']],
    ['an underscore', 'B_A I_A', ['A']],
  ])('%s', (_, tags, expected) => {
    expect(entities(tags)).toEqual(expected);
  });

  it('joins neighbours where tags are bare types', () => {
    expect(entities('O A A B A', bareTag)).toEqual(['A', 'B', 'A']);
  });

  it.each(['Q-A', 'b-A', 'B-', 'NNP', '', 'o'])('"%s" is no tag', (text) => {
    expect(readTag(text)).toBeNull();
  });

  it('tells mistakes of IOB2 from IOB1', () => {
    const counts = (tags: string): readonly number[] => {
      const starts = new EntityStarts();
      for (const text of tags.split(' ')) starts.begins(readTag(text) ?? bareTag(text));
      return [starts.marked, starts.bare];
    };
    expect(counts('I-A B-A O I-B')).toEqual([0, 2]);
    expect(counts('B-A I-A O B-B')).toEqual([2, 0]);
    expect(counts('B-A I-A O I-B')).toEqual([1, 1]);
  });
});

describe('sentences', () => {
  const counts = (files: Readonly<Record<string, string>>, labelColumn?: string) => {
    const named = labelColumn === undefined ? {} : { labelColumn };
    const index = scanDatasetSync(memorySource(files), '/data', named);
    const found = index.classNames.map((name, id): [string, number] => [
      name,
      index.labels.filter((label) => label === id).length,
    ]);
    return { samples: index.samples, ...Object.fromEntries(found) };
  };
  const chunks = 'The DT B-NP O\nBank NN I-NP B-ORG\nfell VBD B-VP O\n\nAnn NNP B-NP B-PER\n';

  it('reads the column that the user names', () => {
    const files = { '/data/train.txt': chunks };
    expect(counts(files)).toEqual({ samples: 2, ORG: 1, PER: 1 });
    expect(counts(files, '3')).toEqual({ samples: 2, NP: 2, VP: 1 });
    expect(counts({ '/data/train.conll': chunks }, '2')).toMatchObject({ NN: 1, VBD: 1 });
    expect(() => counts(files, '9')).toThrow(
      expect.objectContaining({ code: 'dataset/column-missing' }) as Error,
    );
  });

  it('takes a file without empty lines apart', () => {
    const long = 'word B-A\nword I-A\n'.repeat(20_000);
    expect(counts({ '/data/train.iob': long })).toEqual({ samples: 3, A: 20_000 });
  });

  it('names columns of CoNLL-U Plus', () => {
    const plus = '# global.columns = ID FORM NE\n# text = a\n1\tAnn\tB-PER\n2\tsaw\tO\n';
    expect(counts({ '/data/a.conllup': plus }, 'ne')).toEqual({ samples: 1, PER: 1 });
  });
});
