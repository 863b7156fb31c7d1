// Runs advice.ts over the profiles and makes its section of the document.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { adviceDataset, adviceProfiles } from './adviceData.mjs';
import { bundle, root } from './bundle.mjs';

const fileOf = (work) => path.join(work, 'advice.jsonl');

const linesOf = (work) =>
  existsSync(fileOf(work))
    ? readFileSync(fileOf(work), 'utf8')
        .trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];

/** Trains every profile and seed that is not in the work folder yet. */
export const runAdvice = async (work, seeds) => {
  const done = new Set(linesOf(work).map(({ profile, seed }) => `${profile} ${seed}`));
  const jobs = seeds.flatMap((seed) =>
    adviceProfiles
      .filter(({ id }) => !done.has(`${id} ${seed}`))
      .map((profile) => ({
        ...{ profile: profile.id, seed, root: adviceDataset(work, profile, seed) },
        ...{ cache: path.join(work, 'cache'), workers: path.join(root, 'dist') },
      })),
  );
  if (jobs.length === 0) return;
  const script = await bundle('advice', path.join(work, 'bundle'));
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(JSON.stringify(jobs));
    let rest = '';
    child.stdout.on('data', (data) => {
      const parts = (rest + data).split('\n');
      rest = parts.pop();
      for (const line of parts) {
        appendFileSync(fileOf(work), `${line}\n`);
        const { profile, seed } = JSON.parse(line);
        console.error(`results: advice on ${profile}, seed ${seed}`);
      }
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`advice: ${code}`))));
  });
};

const share = (x) =>
  x
    .toFixed(3)
    .replace(/^(-?)0/, '$1')
    .replace('-', '−');
const points = (x) => `${x < 0 ? '−' : '+'}${Math.abs(100 * x).toFixed(1)}`;

/** Lines of the document; null where nothing has run. */
export const adviceSection = async (work) => {
  const lines = linesOf(work);
  if (lines.length === 0) return null;
  const script = await bundle('adviceSummary', path.join(work, 'bundle'));
  const { summarise } = await import(script).then((module) => module.default ?? module);
  const order = new Map(adviceProfiles.map(({ id }, i) => [id, i]));
  const rows = summarise(lines.filter(({ profile }) => order.has(profile))).toSorted(
    (a, b) => a.world.localeCompare(b.world) * -1 || order.get(a.profile) - order.get(b.profile),
  );
  writeFileSync(path.join(work, 'advice.json'), JSON.stringify(rows, null, 1));
  const worse = rows.filter(({ interval }) => interval[1] < 0);
  const regret = rows.reduce((sum, row) => sum + row.regret, 0) / rows.length;
  const worst = rows.reduce((a, b) => (b.regret > a.regret ? b : a));
  const titleOf = (id) => adviceProfiles.find((profile) => profile.id === id)?.title ?? id;
  return [
    '## How good the first advice is',
    '',
    'For small long tails cut from MNIST, other pictures and another order of the classes with every seed, a network of one hidden layer (64) is trained with every recipe the rules can configure, under the config a user gets: a tenth held out for validation, about 700 steps. *Advice* is the first item of `longtail recommend` that has a config. Where the world is as skewed as the training data (`as-trained`), recalls are weighed by the training shares; otherwise evenly. *Regret*: the recipe that is best on half of the seeds, scored on the other half, minus the advice there, both ways round, in points. *Gain*: advice minus plain, with the paired 95 % interval over the test pictures of all seeds.',
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
  ];
};
