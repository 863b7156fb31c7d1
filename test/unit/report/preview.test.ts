import { describe, expect, it } from 'vitest';
import { plainConfig } from '../../../src/config/defaults';
import { dryRun } from '../../../src/config/preview/dryRun';
import { ansiPaint } from '../../../src/report/live/ansi';
import { previewMarkdown, previewText } from '../../../src/report/preview';
import { profileOf } from '../../support/configs';

const runOf = (counts: readonly number[], name?: string) => {
  const profile = profileOf({ counts: [...counts], test: 20 });
  const named = {
    ...profile,
    classes: profile.classes.map((one, i) => (i === 0 && name ? { ...one, name } : one)),
  };
  const config = plainConfig(named, { root: './data', imageSize: [32, 32], channels: 3 });
  return dryRun(config, named);
};

const chartIn = (markdown: string): string => atob(/base64,([^)]+)\)/.exec(markdown)?.[1] ?? '');

describe('a preview', () => {
  it('keeps names that mean something in Markdown, SVG or a terminal as text', () => {
    const run = runOf([500, 100, 20], '<script>|[x](y)\u001b[31m');
    const markdown = previewMarkdown(run, 'a|b.yaml');
    expect(markdown).not.toContain('<script>');
    expect(markdown).toContain('\\|\\[x\\]');
    expect(chartIn(markdown)).not.toContain('<script>');
    expect(previewText(run)).not.toContain('\u001b');
  });

  it('keeps its colours in a terminal', () => {
    const painted = previewText(runOf([500, 100, 20]), ansiPaint);
    expect(painted).toContain('\u001b[');
    expect(painted).not.toContain('\ufffd');
  });

  it('draws a bar a class and the draws over them, in a picture that stands alone', () => {
    const svg = chartIn(previewMarkdown(runOf([500, 100, 20]), 'longtail.yaml'));
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"[^>]*><style>/);
    expect(svg.match(/class="fill outlined"/g)).toHaveLength(3);
    expect(svg).toContain('class="overlay"');
  });

  it('shows the ends of very many classes and counts the rest', () => {
    const run = runOf(Array.from({ length: 200 }, (_, i) => 600 - 2 * i));
    const text = previewText(run);
    expect(text.split('\n').length).toBeLessThan(90);
    expect(text).toContain('145 classes');
    const totals = run.classes.reduce((sum, { share }) => sum + share, 0);
    expect(totals).toBeCloseTo(1, 10);
  });
});
