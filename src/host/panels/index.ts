import type { Desk } from '../commands/command';
import type { Host } from '../host';
import { createComparePanels } from './comparePanel';
import { createProfilePanels } from './profilePanel';
import { createReportPanels } from './reportPanel';
import { createRunPanels } from './runPanel';

/** The pages of every kind; they are closed with the extension. */
export const createPages = (
  host: Host,
): Pick<Desk, 'profiles' | 'runPages' | 'reports' | 'comparisons'> => {
  const pages = {
    profiles: createProfilePanels(host),
    runPages: createRunPanels(host),
    reports: createReportPanels(host),
    comparisons: createComparePanels(host),
  };
  host.context.subscriptions.push(...Object.values(pages));
  return pages;
};
