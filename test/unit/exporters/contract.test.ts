import { describe, expect, it } from 'vitest';
import { exporters, exportFiles, exportPlan, type Exporter } from '../../../src/exporters';
import { exporterId, exporterIds } from '../../../src/exporters/ids';
import { say, words } from '../../../src/words/say';
import { profileOf } from '../../support/configs';
import { configOf, hostileNames, jobOf, profiles, stagePatch } from '../../support/exports';

/** A task that the exporter serves, single labels where it does. */
const taskOf = ({ tasks }: Exporter) =>
  tasks.includes('single-label') ? 'single-label' : (tasks[0] ?? 'single-label');

const textsOf = (exporter: Exporter, job = jobOf(profiles['names']!)): readonly string[] =>
  exportFiles(job, exporter).files.map(({ parts }) => [...parts].join(''));

const withTask = (exporter: Exporter, name: string) => {
  const profile = profiles[name]!;
  return { ...profile, dataset: { ...profile.dataset, task: taskOf(exporter) } };
};

const rows = exporters.map((exporter) => [exporter.id, exporter] as const);
const balanced = rows.filter(([, { can }]) => can !== null);

describe('exporters', () => {
  it('are listed by id, each with a title and what it is for', () => {
    expect(exporters.map(({ id }) => id)).toEqual(exporterIds);
    for (const id of exporterIds) {
      expect(words(`exporters/title-${id}`)).not.toContain('exporters/');
      expect(words(`exporters/about-${id}`)).not.toContain('exporters/');
    }
    expect(() => exporterId('pytorhc')).toThrow('pytorch');
  });

  it.each(rows)('%s says the same twice, and nothing of where it was made', (_, exporter) => {
    const job = jobOf(withTask(exporter, 'names'));
    const [once, twice] = [textsOf(exporter, job), textsOf(exporter, job)];
    expect(once).toEqual(twice);
    expect(once.length).toBeGreaterThan(0);
    const paths = exportFiles(job, exporter).files.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(path).toMatch(/^\w[\w./-]*$/);
  });

  it.each(rows)('%s depends on nothing of ours', (_, exporter) => {
    for (const text of textsOf(exporter, jobOf(withTask(exporter, 'toy'))))
      expect(text).not.toMatch(/(import|from|require\()\s*['"]?longtail/i);
  });

  it.each(balanced)('%s holds every class name with its count', (_, exporter) => {
    for (const name of ['names', 'empty', 'many']) {
      const profile = withTask(exporter, name);
      const text = textsOf(exporter, jobOf(profile)).join('\n');
      for (const one of [profile.classes[0]!, profile.classes.at(-1)!])
        expect(text, name).toContain(one.name);
    }
  });

  it.each(rows)('%s keeps names from becoming code', (_, exporter) => {
    const { files } = exportFiles(jobOf(withTask(exporter, 'hostile')), exporter);
    // In JSON and CSV a name is data wherever it stands.
    const code = files.filter(({ path }) => !/\.(json|csv|txt)$/.test(path));
    for (const text of code.map(({ parts }) => [...parts].join('')))
      for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/))
        expect(line).not.toMatch(/^\s*pwned/);
    expect(hostileNames).toHaveLength(4);
  });

  it.each(rows)('%s refuses kinds of datasets it has no code for, in a sentence', (_, exporter) => {
    const all = ['single-label', 'multi-label', 'detection', 'segmentation', 'sequence'] as const;
    for (const task of all.filter((one) => !exporter.tasks.includes(one))) {
      const job = { ...jobOf(profiles['toy']!) };
      const other = { ...job, origin: { ...job.origin, task } };
      try {
        exportFiles(other, exporter);
        expect.fail(task);
      } catch (error) {
        const sentence = say(error as Parameters<typeof say>[0]);
        expect(sentence).toContain(task);
        expect(sentence).not.toContain('exporters/');
      }
    }
  });

  it.each(balanced)('%s says what it leaves out, in sentences', (_, exporter) => {
    const profile = withTask(exporter, 'toy');
    const config = configOf(profile, {
      ...stagePatch(
        profile,
        { name: 'one', mixing: { kind: 'mixup', alpha: 1 }, sampler: { kind: 'progressive' } },
        {
          name: 'two',
          trainable: 'classifier',
          init: 'again',
          sampler: { kind: 'class-aware', perClass: 4 },
          loss: { kind: 'ldam', maxMargin: 0.5 },
          weights: { kind: 'effective-number', beta: 0.99 },
          switchAt: 1,
          hardExamples: { share: 0.5 },
        },
      ),
      posthoc: { kind: 'nearest-mean', variant: 'cosine' },
    });
    const { items } = jobOf(profile);
    const { issues } = exportFiles(
      { ...exportPlan({ profile, config, index: null }), items },
      exporter,
    );
    expect(issues.map(({ code }) => code)).toContain('exporters/left-out-hard-examples');
    for (const issue of issues) expect(say(issue)).not.toMatch(/exporters\/|\?/);
  });

  it.each(rows.filter(([, { canLabels }]) => canLabels !== undefined))(
    '%s says what it leaves out of several labels a sample',
    (_, exporter) => {
      const toy = profiles['toy']!;
      const profile = { ...toy, dataset: { ...toy.dataset, task: 'multi-label' as const } };
      const stage = { name: 'one', loss: { kind: 'distribution-balanced' } };
      const config = configOf(profile, {
        ...stagePatch(profile, stage, { ...stage, name: 'two', trainable: 'classifier' }),
        posthoc: { kind: 'thresholds' },
      });
      const { files, issues } = exportFiles(exportPlan({ profile, config, index: null }), exporter);
      expect(issues.map(({ code }) => code)).toEqual([
        'exporters/left-out-stages',
        'exporters/left-out-posthoc',
      ]);
      expect(files).toHaveLength(1);
      const given = configOf(profile, { posthoc: { kind: 'thresholds', at: { dog: 0.3 } } });
      const plan = exportPlan({ profile, config: given, index: null });
      const [told] = exportFiles(plan, exporter).issues;
      expect(told?.code).toBe('exporters/left-out-thresholds-given-labels');
      for (const issue of issues) expect(say(issue)).not.toMatch(/exporters\/|\?/);
    },
  );

  it('say how thresholds that a config gives are applied', () => {
    const profile = profiles['toy']!;
    const config = configOf(profile, { posthoc: { kind: 'thresholds', at: { dog: 0.3 } } });
    const { items } = jobOf(profile);
    const plan = { ...exportPlan({ profile, config, index: null }), items };
    const serving = exporters.filter(
      ({ tasks, can }) => can !== null && tasks.includes('single-label'),
    );
    const told = serving.flatMap((exporter) => exportFiles(plan, exporter).issues);
    expect(told.map(({ code }) => code)).toContain('exporters/left-out-thresholds-given');
  });

  it('need two classes with samples', () => {
    const profile = profileOf({ counts: [9, 0] });
    const config = configOf(profile);
    expect(() => exportPlan({ profile, config, index: null })).toThrow('too-few-classes');
  });
});
