import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../src/report/csv';
import { toHtml } from '../../../src/report/html';
import type { Diagnosis } from '../../../src/report/htmlDiagnosis';
import { toJson } from '../../../src/report/json';
import { toMarkdown } from '../../../src/report/markdown';
import { bar, displayWidth, pad, toText } from '../../../src/report/text';
import { compareRuns } from '../../../src/report/compare';
import { factsOf } from '../../../src/report/facts';
import { comparisonTable, duration, trainingChip } from '../../../src/report/tables';
import type { RunReport } from '../../../src/report/types';
import { reportOf } from '../../support/reports';

/** Names that every format has its own way of being broken by. */
const hostile = [
  '<script>alert(1)</script>',
  'a|b"c,d\r\ne',
  '**bold** [x](javascript:y)',
  '\u001b[31mred\u0000',
];
const hostileReport = (): RunReport => reportOf({ names: hostile, title: '<img src=x> & "co"' });

const bins = { ece: 0.2, counts: [0, 10], accuracy: [0, 0.7], confidence: [0, 0.9] };
/** What the outputs of a run of four classes tell, one of them without items. */
const diagnosis: Diagnosis = {
  reliability: { run: bins, baseline: { ...bins, ece: 0.3 } },
  norms: { weights: [3, 2, 1, 0.5], features: [1, 1, null, 2] },
};

describe('HTML', () => {
  const html = toHtml([reportOf()], { diagnoses: new Map([['run-1', diagnosis]]) });

  it('is one file without script or request', () => {
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|<img|https?:|\son\w+=|style="/);
    expect(html).not.toContain('undefined');
    expect(html).not.toContain('NaN');
  });

  it('has balanced tags', () => {
    const open: string[] = [];
    const empty = new Set(['meta', 'rect', 'line', 'circle', 'br']);
    for (const [, close, tag = '', rest = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
      if (close === '/') {
        if (!empty.has(tag)) expect(open.pop()).toBe(tag);
        else if (open.at(-1) === tag) open.pop();
      } else if (!rest.endsWith('/') && tag !== 'meta') open.push(tag);
    }
    expect(open).toEqual([]);
  });

  it('shows the sentence, both rows with the run marked, and every class', () => {
    expect(html).toContain('rose from 0.575 to 0.675');
    expect(html.match(/<tr class="marked">/g)).toHaveLength(1);
    for (const name of ['cat', 'dog', 'owl', 'yak'])
      expect(html).toContain(`<th scope="row">${name}</th>`);
    expect(html).toContain('class="right better">+0.400');
  });

  it('gives every chart a name and every number a table', () => {
    const charts = html.match(/<svg[^>]*>/g) ?? [];
    expect(charts.length).toBeGreaterThan(0);
    for (const chart of charts) expect(chart).toMatch(/role="img".*aria-label="[^"]+"/);
  });

  it('shows how sure the run is and which classes its last layer favours, where that is known', () => {
    const titles = [...html.matchAll(/<h2>([^<]*)</g)].map(([, title]) => title);
    expect(titles).toEqual(
      expect.arrayContaining([
        'Accuracy against confidence on the test items',
        'Norm of the classifier row against training count',
        'Norm of the mean feature against training count',
      ]),
    );
    expect(html).toContain('by 20 % on average; ECE is 0.200');
    // Each also a table: the class without items has no norm.
    expect(html.match(/<td class="right">0.5<\/td>/g)).toHaveLength(1);
    const bare = toHtml([reportOf()]);
    expect(bare).not.toContain('confidence');
    const other = reportOf({ id: 'other' });
    const ofAnother = toHtml([other], { diagnoses: new Map([['run-1', diagnosis]]) });
    expect(ofAnother).not.toContain('confidence');
    const named = hostileReport();
    const text = toHtml([named], { diagnoses: new Map([[named.id, diagnosis]]) });
    expect(text).not.toMatch(/<script|\u001b|\u0000/);
  });

  it('escapes whatever a dataset can be called', () => {
    const text = toHtml([hostileReport()]);
    expect(text).not.toMatch(/<script|<img/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/[\u0000\u001b]/);
  });

  it('compares several runs above each by itself', () => {
    const two = toHtml([reportOf({ id: 'a', title: 'A' }), reportOf({ id: 'b', title: 'B' })]);
    expect(two.match(/<h1>/g)).toHaveLength(1);
    expect(two).toMatch(/<h2>A<\/h2>/);
    expect(two).toMatch(/<h2>B<\/h2>/);
  });

  it('draws the loss where the events were at hand', () => {
    const curve = [
      { step: 0, loss: 2 },
      { step: 10, loss: 1 },
    ];
    const curves = new Map([['run-1', { recipe: curve, baseline: [] }]]);
    expect(toHtml([reportOf()])).not.toContain('<polyline');
    expect(toHtml([reportOf()], { curves }).match(/<polyline/g)).toHaveLength(1);
  });

  it('has no untranslated sentence around its data', () => {
    const texts = [...toHtml([reportOf()], { locale: 'pseudo' }).matchAll(/<h2>([^<]*)</g)];
    expect(texts.length).toBeGreaterThan(3);
    for (const [, text] of texts) expect(text).toMatch(/^\[/);
  });
});

describe('Markdown', () => {
  it('keeps every row at the width of its head', () => {
    const lines = toMarkdown([hostileReport()]).split('\n');
    let columns = 0;
    for (const line of lines) {
      if (!line.startsWith('|')) columns = 0;
      else {
        const own = line.replaceAll(String.raw`\|`, '').split('|').length;
        if (columns === 0) columns = own;
        expect(own).toBe(columns);
      }
    }
  });

  it('marks the run and leaves no HTML or link in a name', () => {
    expect(toMarkdown([reportOf()])).toContain('| **Logit-adjusted loss** | 0.675 |');
    const text = toMarkdown([hostileReport()]);
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('](javascript');
  });
});

describe('CSV', () => {
  const rows = (reports: readonly [RunReport, ...RunReport[]]): Record<string, string>[] =>
    parse(toCsv(reports), { columns: true });

  it('reads back one measure a line, at full precision', () => {
    const few = rows([reportOf()]).filter(({ scope, name }) => scope === 'band' && name === 'few');
    expect(few.map(({ title, value }) => [title, Number(value)])).toEqual([
      ['Plain training', 0.1],
      ['Logit-adjusted loss', 0.5],
    ]);
    const yak = rows([reportOf()]).find(
      ({ name, measure, run }) => name === 'yak' && measure === 'recall' && run === 'run-1',
    );
    expect(yak).toMatchObject({ scope: 'class', train: '10', test: '100', value: '0.5' });
  });

  it('leaves an absent score empty and keeps any name whole', () => {
    const lines = rows([hostileReport()]);
    for (const name of hostile) expect(lines.some((line) => line['name'] === name)).toBe(true);
    const noFew = rows([reportOf({ counts: [1000, 500, 50, 40] })]);
    expect(noFew.find(({ scope, name }) => scope === 'band' && name === 'few')?.['value']).toBe('');
  });
});

describe('JSON', () => {
  it('is the report itself, or an array of them', () => {
    expect(JSON.parse(toJson([reportOf()]))).toEqual(reportOf());
    expect(JSON.parse(toJson([reportOf({ id: 'a' }), reportOf({ id: 'b' })]))).toHaveLength(2);
  });
});

describe('terminal text', () => {
  it('draws recall of every class beside the plain one', () => {
    const text = toText([reportOf()]);
    expect(text).toMatch(/yak\s+few\s+10\s+██ +0\.100\s+██████████ +0\.500/);
    expect(text).toContain('rose from 0.575 to 0.675');
  });

  it('lets no name move the cursor', () => {
    expect(toText([hostileReport()])).not.toMatch(/[\u0000\u001b\r]/);
  });

  it('draws bars to an eighth and nothing only for nothing', () => {
    expect(bar(0, 10)).toBe('');
    expect(bar(1e-6, 10)).toBe('▏');
    expect(bar(0.5, 10)).toBe('█████');
    expect(bar(0.55, 10)).toBe('█████▌');
    expect(bar(7, 3)).toBe('███');
  });

  it('counts wide letters twice and marks not at all', () => {
    expect(displayWidth('猫')).toBe(2);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(pad('猫', 4)).toBe('猫  ');
  });
});

describe('durations', () => {
  it.each([
    [0.04, '0.0 s'],
    [9.94, '9.9 s'],
    [59.4, '59 s'],
    [59.6, '1 min 0 s'],
    [83.4, '1 min 23 s'],
    [3725, '1 h 2 min'],
  ])('%d s', (seconds, text) => expect(duration(seconds)).toBe(text));

  it('say that a recipe which only adjusts a trained model trained nothing', () => {
    const adjusted = { ...reportOf(), timings: [] };
    const last = comparisonTable(compareRuns([adjusted]), adjusted.id)
      .rows.at(-1)
      ?.cells.at(-1);
    expect(last?.text).toBe('none');
    expect(trainingChip(adjusted)).toBe('no training of its own');
    expect(toHtml([adjusted])).not.toContain('0.0 s');
    expect(trainingChip(reportOf())).toBe('1 min 23 s');
  });
});

describe('the stages of a run', () => {
  it.each([
    [1, 'train: 1 epoch, instance'],
    [5, 'train: 5 epochs, instance'],
  ])('%d', (epochs, text) => {
    const report = reportOf();
    const stages = report.config.stages.map((stage) => ({ ...stage, epochs }));
    const facts = factsOf({ ...report, config: { ...report.config, stages } });
    expect(facts.map((fact) => fact.text).join('\n')).toContain(text);
  });
});
