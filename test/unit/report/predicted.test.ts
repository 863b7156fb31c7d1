import { describe, expect, it } from 'vitest';
import type { PredictedItem } from '../../../src/protocol/modelJob';
import { predictionCsv, predictionJson, predictionText } from '../../../src/report/predicted/lines';
import { predictionMarkdown } from '../../../src/report/predicted/markdown';
import { agrees, labelsOf, noPredictions, tallied } from '../../../src/report/predicted/tally';
import { predictionWriter } from '../../../src/report/predicted/writer';

const item = (path: string, name: string, folder: string | null): PredictedItem => ({
  ...{ path, folder },
  guesses: [
    { name, probability: 0.75 },
    { name: 'd|g', probability: 0.25 },
  ],
});
const items: readonly PredictedItem[] = [
  item('/p/cat/1, 2.png', 'cat', 'cat'),
  item('/p/dog/3.png', 'cat', 'dog'),
  item('/p/4.png', 'cat', null),
  { path: '/p/5.png', unreadable: 'neither PNG nor JPEG' },
];
const several: PredictedItem = {
  ...{ path: '/p/rain/6.png', folder: 'rain' },
  guesses: [
    { name: 'wind', probability: 0.9, given: true },
    { name: 'snow', probability: 0.6, given: false },
    { name: 'rain', probability: 0.4, given: true },
  ],
};

describe('predictions', () => {
  it('agree with the folder that names a class; of several labels one has to be it', () => {
    expect(items.map(agrees)).toEqual([true, false, null, null]);
    expect([labelsOf(several), agrees(several)]).toEqual([['wind', 'rain'], true]);
    expect(items.reduce(tallied, noPredictions)).toEqual({
      ...{ read: 3, unreadable: 1, placed: 2, agreeing: 1 },
    });
  });

  it('are lines of CSV, JSON and text', () => {
    const { header, line } = predictionCsv(2, 'pictures');
    expect(header).toBe('path,labels,class_1,probability_1,class_2,probability_2,folder,agrees');
    expect(line(items[0]!)).toBe('"/p/cat/1, 2.png",cat,cat,0.75,d|g,0.25,cat,true');
    expect(line(items[2]!)).toBe('/p/4.png,cat,cat,0.75,d|g,0.25,,');
    expect(JSON.parse(predictionJson(items[1]!))).toMatchObject({ labels: ['cat'], agrees: false });
    expect(predictionText(items[1]!)).toMatch(/^cat 0\.750 +d\|g 0\.250 +\/p\/dog\/3\.png +.*dog/);
  });

  it('of rows have their number, and no folder', () => {
    const row: PredictedItem = { ...items[2]!, path: '/p/new.csv', row: 1204 };
    const wrong: PredictedItem = { path: '/p/new.csv', row: 7, unreadable: 'row 7 lost fields' };
    const { header, line } = predictionCsv(1, 'rows');
    expect(header).toBe('path,row,labels,class_1,probability_1');
    expect(line(row)).toBe('/p/new.csv,1204,cat,cat,0.75');
    const json: unknown = JSON.parse(predictionJson(row));
    expect(Object.keys(json as object)).toEqual(['path', 'row', 'labels', 'guesses']);
    expect(predictionText(row)).toMatch(/\/p\/new\.csv row 1204$/);
    const text = predictionMarkdown({
      ...{ title: 'Table', place: 'new.csv', kind: 'rows', items: [row, wrong], file: null },
      tally: [row, wrong].reduce(tallied, noPredictions),
      shown: () => 'new.csv',
      link: (path) => `file://${path}`,
    });
    expect(text).toContain('one row of new.csv. One row was left out.');
    expect(text).toMatch(/\| Row \| Class \|.*\n.*\n\| 1204 \| cat \| 75\.0 % \|/);
    expect(text).toContain('- [new.csv](<file:///p/new.csv>): row 7 lost fields');
  });

  it('are written with one header, also where none comes', () => {
    const csv = predictionWriter((kind) => predictionCsv(1, kind));
    csv.open({ items: 'pictures', total: 4 });
    const [first, second] = [csv.add(items.slice(0, 1)), csv.add(items.slice(1))];
    expect(first.split('\n').map((line) => line.split(',')[0])).toEqual(['path', '"/p/cat/1', '']);
    // The picture that could not be read is counted, and has no line.
    expect(second.trim().split('\n')).toHaveLength(2);
    expect(csv.now()).toMatchObject({ kind: 'pictures', total: 4, done: 4 });
    expect(csv.now().tally).toEqual(items.reduce(tallied, noPredictions));
    expect(csv.end()).toBe('');
    const none = predictionWriter((kind) => predictionCsv(1, kind));
    none.open({ items: 'rows', total: 0 });
    expect(none.end()).toBe('path,row,labels,class_1,probability_1\n');
    expect(none.end()).toBe('');
  });

  it('are a page that says how many agree and what could not be read', () => {
    const text = predictionMarkdown({
      ...{ title: 'Plain *baseline*', place: 'p', kind: 'pictures', items, file: 'all.csv' },
      tally: items.reduce(tallied, noPredictions),
      shown: (path) => path.slice(3),
      link: (path) => `file://${path}`,
    });
    expect(text).toContain('looked at 3 pictures of p');
    expect(text).toContain('1 of 2 agree');
    expect(text).toContain('50 %');
    expect(text).toContain('One picture could not be read.');
    expect(text).toContain('Plain \\*baseline\\*');
    expect(text).toContain(
      '| **[dog/3.png](<file:///p/dog/3.png>)** | cat | 75.0 % | d\\|g | 25.0 % |',
    );
    expect(text).toContain('- [5.png](<file:///p/5.png>): neither PNG nor JPEG');
    expect(text).toContain('(<all.csv>)');
  });

  it('of one picture name it', () => {
    const [one] = items;
    const text = predictionMarkdown({
      ...{ title: 'Plain', place: 'p', kind: 'pictures', items: [one!], file: null },
      tally: tallied(noPredictions, one!),
      shown: (path) => path.slice(3),
      link: (path) => `file://${path}`,
    });
    expect(text).toContain('“Plain” looked at one picture, cat/1, 2.png.');
  });
});
