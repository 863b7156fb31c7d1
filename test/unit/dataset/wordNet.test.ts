import { describe, expect, it } from 'vitest';
import { namesOfSynsets } from '../../../src/dataset/formats/imageFolder/wordNet';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { memorySource, pictureTree } from './memorySource';

describe("names of WordNet's ids", () => {
  const names = (folders: readonly string[], words: Readonly<Record<string, string>>) => {
    const found = namesOfSynsets(folders, new Map(Object.entries(words)));
    return found === null ? null : [...found.values()];
  };

  it('differ from each other and from folders that have a name', () => {
    const words = { n00000001: 'crane, bird', n00000002: 'crane', n00000003: 'owl' };
    expect(names(Object.keys(words), words)).toEqual(['crane, bird', 'crane (n00000002)', 'owl']);
    expect(names([...Object.keys(words), 'owl'], words)).toContain('owl (n00000003)');
  });

  it('are none where there are no ids, or no words for them', () => {
    expect(names(['cat', 'dog'], { n00000001: 'ant' })).toBeNull();
    expect(names(['n00000009'], { n00000001: 'ant' })).toBeNull();
  });

  it.each([
    ['words.txt', 'n00000002\tbee\nn00000001\tzebra\n'],
    ['imagenet_class_index.json', '{"1": ["n00000002", "bee"], "0": ["n00000001", "zebra"]}'],
  ])('are read from %s, in the order of the ids', (file, text) => {
    const tree = pictureTree('/data', { '': { n00000001: 1, n00000002: 1 } });
    const index = scanDatasetSync(memorySource({ ...tree, [`/data/${file}`]: text }), '/data');
    expect(index.classNames).toEqual(['zebra', 'bee']);
  });
});
