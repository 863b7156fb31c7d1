import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { project, type Workbench } from './workbench';

/** Takes a picture of the window, and with LONGTAIL_SCREENSHOTS=1 also renews the one in
 * docs/images that the README shows. */
export async function publish(workbench: Workbench, name: string): Promise<void> {
  const file = await workbench.picture(name);
  if (process.env['LONGTAIL_SCREENSHOTS'] !== '1') return;
  const folder = path.join(project, 'docs', 'images');
  await mkdir(folder, { recursive: true });
  await copyFile(file, path.join(folder, `${name}.png`));
}
