import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Shell {
  /** Folder of its own, removed at the end; also the cache. */
  readonly folder: string;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  dispose(): void;
}

/** The shell bundled as the build does it, in a folder of its own, run as a process. */
export const buildShell = async (): Promise<Shell> => {
  const folder = mkdtempSync(join(tmpdir(), 'longtail-shell-'));
  const dist = join(folder, 'dist');
  await build({
    entryPoints: [
      { in: 'src/cli/main.ts', out: 'cli' },
      { in: 'src/dataset/scanWorker.ts', out: 'scanWorker' },
      { in: 'src/dataset/crew/crewWorker.ts', out: 'crewWorker' },
      { in: 'src/dataset/inspect/inspectWorker.ts', out: 'inspectWorker' },
      { in: 'src/exporters/thread/exportWorker.ts', out: 'exportWorker' },
    ],
    outdir: dist,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  copyFileSync(
    'node_modules/@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
    join(dist, 'mozjpeg_dec.wasm'),
  );
  return {
    folder,
    run: (args, env = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [join(dist, 'cli.js'), ...args], {
          cwd: folder,
          env: { PATH: process.env['PATH'], XDG_CACHE_HOME: join(folder, 'cache'), ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let stdout = '';
        let stderr = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
        child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, stdout, stderr }));
      }),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
};
