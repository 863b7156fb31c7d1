// Runs advice.ts and advicePhotos.ts over their profiles and makes their sections of the document.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { cacheRoot } from '../runtime/location.mjs';
import { adviceDataset, adviceProfiles, photoProfiles, turned } from './adviceData.mjs';
import { bundle, root } from './bundle.mjs';

const digits = {
  name: 'advice',
  title: 'How good the first advice is',
  profiles: adviceProfiles,
  input: (jobs, { work }) =>
    jobs.map(({ profile, seed }) => ({
      ...{ profile: profile.id, seed, root: adviceDataset(work, profile, seed) },
      ...{ cache: path.join(work, 'cache'), workers: path.join(root, 'dist') },
    })),
  about:
    'For small long tails cut from MNIST, other pictures and another order of the classes with every seed, a network of one hidden layer (64) is trained with every recipe the rules can configure, under the config a user gets: a tenth held out for validation, about 700 steps. *Advice* is the first item of `longtail recommend` that has a config. Where the world is as skewed as the training data (`as-trained`), recalls are weighed by the training shares; otherwise evenly. *Regret*: the recipe that is best on half of the seeds, scored on the other half, minus the advice there, both ways round, in points. *Gain*: advice minus plain, with the paired 95 % interval over the test pictures of all seeds.',
};

const photos = {
  name: 'advicePhotos',
  title: 'How good the first advice is on photos',
  profiles: photoProfiles,
  input: (jobs, { cifar }) => ({
    ...{ root: cifar, cache: cacheRoot(), workers: path.join(root, 'dist') },
    jobs: jobs.map(({ profile, seed }) => ({
      ...{ profile: profile.id, seed, counts: turned(profile, seed) },
    })),
  }),
  about:
    'The same for long tails cut from CIFAR-10-LT, as heads on the frozen pretrained network, which is what `frozen-backbone` advises: every recipe as a head there, under the config a user gets, a tenth held out for validation, about 1,600 steps; plain is a head with cross-entropy. Half of the test pictures (500 a class) join the training pictures, so that every class has 550 and the order of the classes can turn with the seed; the other 500 a class are the test. The three profiles above 500 keep the order of the classes.',
};

const fileOf = (work, { name }) => path.join(work, `${name}.jsonl`);

const linesOf = (work, set) =>
  existsSync(fileOf(work, set))
    ? readFileSync(fileOf(work, set), 'utf8')
        .trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];

/** Trains every profile and seed of a set that is not in the work folder yet. */
const runSet = async (set, { work, cifar, seeds }) => {
  const done = new Set(linesOf(work, set).map(({ profile, seed }) => `${profile} ${seed}`));
  const jobs = seeds.flatMap((seed) =>
    set.profiles
      .filter(({ id }) => !done.has(`${id} ${seed}`))
      .map((profile) => ({ profile, seed })),
  );
  if (jobs.length === 0) return;
  const script = await bundle(set.name, path.join(work, 'bundle'));
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(JSON.stringify(set.input(jobs, { work, cifar })));
    let rest = '';
    child.stdout.on('data', (data) => {
      const parts = (rest + data).split('\n');
      rest = parts.pop();
      for (const line of parts) {
        appendFileSync(fileOf(work, set), `${line}\n`);
        const { profile, seed } = JSON.parse(line);
        console.error(`results: ${set.name} on ${profile}, seed ${seed}`);
      }
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${set.name}: ${code}`)),
    );
  });
};

/** The sets whose name matches; that of photos where CIFAR-10-LT is there. */
export const runAdvice = async (options) => {
  const { cifar, only } = options;
  for (const set of [digits, ...(cifar ? [photos] : [])])
    if (only.test(set.name)) await runSet(set, options);
};

const share = (x) =>
  x
    .toFixed(3)
    .replace(/^(-?)0/, '$1')
    .replace('-', '−');
const points = (x) => `${x < 0 ? '−' : '+'}${Math.abs(100 * x).toFixed(1)}`;

/** Lines of a set's section; none where nothing has run. */
const sectionOf = async (work, set) => {
  const order = new Map(set.profiles.map(({ id }, i) => [id, i]));
  const lines = linesOf(work, set).filter(({ profile }) => order.has(profile));
  if (lines.length === 0) return [];
  const script = await bundle('adviceSummary', path.join(work, 'bundle'));
  const { summarise } = await import(script).then((module) => module.default ?? module);
  const rows = summarise(lines).toSorted(
    (a, b) => a.world.localeCompare(b.world) * -1 || order.get(a.profile) - order.get(b.profile),
  );
  writeFileSync(path.join(work, `${set.name}.json`), JSON.stringify(rows, null, 1));
  const worse = rows.filter(({ interval }) => interval[1] < 0);
  const regret = rows.reduce((sum, row) => sum + row.regret, 0) / rows.length;
  const worst = rows.reduce((a, b) => (b.regret > a.regret ? b : a));
  const titleOf = (id) => set.profiles.find((profile) => profile.id === id)?.title ?? id;
  return [
    `## ${set.title}`,
    '',
    set.about,
    '',
    `Over ${rows.length} cases the mean regret is ${points(regret)} points, the largest ${points(worst.regret)} (${titleOf(worst.profile)}, ${worst.world}). ${worse.length === 0 ? 'In none is the advice worse than plain training' : `In ${worse.length} the advice is worse than plain training`} with the whole interval below 0.`,
    '',
    '| profile | world | situation | seeds | advice | plain | advice scores | gain (95 %) | best | its score | regret |',
    `| --- | --- | --- | ---: | --- |${' ---: |'.repeat(3)} --- | ---: | ---: |`,
    ...rows.map((row) =>
      [
        '',
        ...[titleOf(row.profile), row.world, row.situation, row.seeds, row.advised],
        ...[share(row.plain), share(row.score)],
        `${points(row.gain)} (${points(row.interval[0])} … ${points(row.interval[1])})`,
        ...[row.best, share(row.bestScore), points(row.regret)],
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    '',
  ];
};

/** Lines of the document; null where nothing has run. */
export const adviceSection = async (work) => {
  const lines = [];
  for (const set of [digits, photos]) lines.push(...(await sectionOf(work, set)));
  return lines.length === 0 ? null : lines.slice(0, -1);
};
