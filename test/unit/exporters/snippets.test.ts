import { describe, expect, it } from 'vitest';
import { exportSnippet, frameworks, snippetParts } from '../../../src/exporters/snippets';
import { cifarCounts, profileOf } from '../../support/configs';

const profile = profileOf({ counts: cifarCounts, test: 1000 });

describe('exportSnippet', () => {
  it.each(frameworks)('%s says where it is from', (to) => {
    const text = exportSnippet(profile, to);
    const [first = ''] = text.split('\n');
    expect(first).toContain('Birds of Ö');
    expect(text.slice(0, 300)).toContain('f00d');
    expect(text).not.toMatch(/\/data|\?|longtail|exporters\//i);
    // No date: the same dataset gives the same code.
    expect(exportSnippet(profile, to)).toBe(text);
  });

  it.each(
    frameworks.flatMap((framework) => snippetParts.map((part) => [framework, part] as const)),
  )('%s %s alone holds the counts by name and nothing of the other parts', (framework, part) => {
    const text = exportSnippet(profile, framework, [part]);
    expect(text).toContain('"class0": 5000,');
    expect(/def class_weights/.test(text)).toBe(part === 'class-weights');
    expect(/def (make_sampler|epoch_indices)/.test(text)).toBe(part === 'sampler');
    expect(/class LogitAdjustedLoss/.test(text)).toBe(part === 'logit-adjusted-loss');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('counts the training split only', () => {
    expect(exportSnippet(profile, 'keras')).toContain('"class9": 50,');
  });

  it('refuses what it has no code for', () => {
    const several = profileOf({ counts: [9, 8], task: 'multi-label' });
    expect(() => exportSnippet(several, 'pytorch')).toThrow('exporters/task');
    expect(() => exportSnippet(profileOf({ counts: [9, 0] }), 'keras')).toThrow(
      'exporters/too-few-classes',
    );
  });
});
