/** Every id that code and manifest share, once; a test holds them against package.json. */
export const commandIds = {
  analyze: 'longtail.analyze',
  showProfile: 'longtail.showProfile',
  rescan: 'longtail.rescan',
  forget: 'longtail.forgetDataset',
  inspect: 'longtail.inspect',
  showSamples: 'longtail.showSamples',
  proposeSplit: 'longtail.proposeSplit',
  compare: 'longtail.compare',
  saveBaseline: 'longtail.saveBaseline',
  recommend: 'longtail.recommend',
  createConfig: 'longtail.createConfig',
  copyAsCode: 'longtail.copyAsCode',
  export: 'longtail.export',
  train: 'longtail.train',
  sweep: 'longtail.compareRecipes',
  preview: 'longtail.preview',
  stop: 'longtail.stop',
  resume: 'longtail.resume',
  compareRuns: 'longtail.compareRuns',
  repeatRun: 'longtail.repeatRun',
  renameRun: 'longtail.renameRun',
  tagRun: 'longtail.tagRun',
  deleteRun: 'longtail.deleteRun',
  openRun: 'longtail.openRun',
  openReport: 'longtail.openReport',
  predict: 'longtail.predict',
  exportModel: 'longtail.exportModel',
  exportReport: 'longtail.exportReport',
  correct: 'longtail.correctPredictions',
  openSample: 'longtail.openSample',
  showLog: 'longtail.showLog',
} as const;

export const viewIds = { datasets: 'longtail.datasets', runs: 'longtail.runs' } as const;

export const containerId = 'longtail';

/** View types of the panels; the manifest names them as activation events. */
export const panelIds = {
  profile: 'longtail.profile',
  run: 'longtail.run',
  report: 'longtail.report',
  compare: 'longtail.comparison',
} as const;

export const settingIds = {
  storePath: 'longtail.storePath',
  backend: 'longtail.backend',
  runtimePath: 'longtail.runtimePath',
  rescan: 'longtail.rescan',
  parallelRuns: 'longtail.parallelRuns',
} as const;

/** Context keys that `when` clauses ask for: a run of ours trains; a finished run takes rows of files. */
export const contextIds = {
  training: 'longtail.training',
  predictsRows: 'longtail.predictsRows',
} as const;

/** Keys of what is kept for the workspace over a reload. */
export const stateKeys = {
  datasets: 'longtail.datasets',
  goals: 'longtail.goals',
  views: 'longtail.views',
  interrupted: 'longtail.interrupted',
} as const;

/** Tasks of this type train; the matcher finds a config's faults in what they print. */
export const taskIds = { type: 'longtail', matcher: '$longtail' } as const;

/** Files that are checked and get lenses. */
export const configPattern = '**/{longtail,*.longtail}.{yaml,yml}';
