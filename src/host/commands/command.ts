import type { CompareModel } from '../panels/comparePanel';
import type { Panels } from '../panels/panels';
import type { ProfileModel } from '../panels/profilePanel';
import type { ReportModel } from '../panels/reportPanel';
import type { RunModel } from '../panels/runPanel';
import type { Host } from '../host';
import type { commandIds } from '../ids';
import type { LanguageBundle } from '../languageBundle';

/** The host with its panels: what a command may use. */
export interface Desk extends Host {
  readonly profiles: Panels<ProfileModel>;
  readonly runPages: Panels<RunModel>;
  readonly reports: Panels<ReportModel>;
  readonly comparisons: Panels<CompareModel>;
  readonly language: LanguageBundle;
}

/** A command: its id and what it does with the arguments it was called with. */
export interface Command {
  readonly id: (typeof commandIds)[keyof typeof commandIds];
  /** `argument` is whatever explorer, tree, page or caller hands over; undefined = ask. */
  readonly run: (desk: Desk, argument: unknown, second: unknown) => Promise<void> | void;
}
