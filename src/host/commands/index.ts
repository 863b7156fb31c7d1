import * as vscode from 'vscode';
import { guarded } from '../failure';
import { analyzeCommand } from './analyze';
import type { Command, Desk } from './command';
import { compareCommand } from './compare';
import { compareRunsCommand } from './compareRuns';
import { copyAsCodeCommand } from './copyAsCode';
import { correctCommand } from './correct';
import { createConfigCommand } from './createConfig';
import { exportCommand } from './export';
import { exportModelCommand } from './exportModel';
import { exportReportCommand } from './exportReport';
import { forgetCommand } from './forget';
import { inspectCommand } from './inspect';
import { deleteRunCommand, renameRunCommand, tagRunCommand } from './manageRuns';
import { openReportCommand } from './openReport';
import { openRunCommand } from './openRun';
import { openSampleCommand } from './openSample';
import { predictCommand } from './predict';
import { previewCommand } from './preview';
import { proposeSplitCommand } from './proposeSplit';
import { recommendCommand } from './recommend';
import { repeatRunCommand } from './repeatRun';
import { rescanCommand } from './rescan';
import { resumeCommand } from './resume';
import { showLogCommand } from './showLog';
import { showProfileCommand } from './showProfile';
import { showSamplesCommand } from './showSamples';
import { stopCommand } from './stop';
import { saveBaselineCommand } from './saveBaseline';
import { sweepCommand } from './sweep';
import { trainCommand } from './train';

/** Every command, one row each. */
export const commands: readonly Command[] = [
  analyzeCommand,
  showProfileCommand,
  rescanCommand,
  forgetCommand,
  inspectCommand,
  showSamplesCommand,
  proposeSplitCommand,
  compareCommand,
  saveBaselineCommand,
  recommendCommand,
  createConfigCommand,
  copyAsCodeCommand,
  exportCommand,
  previewCommand,
  trainCommand,
  sweepCommand,
  stopCommand,
  resumeCommand,
  compareRunsCommand,
  repeatRunCommand,
  renameRunCommand,
  tagRunCommand,
  deleteRunCommand,
  openRunCommand,
  openReportCommand,
  predictCommand,
  exportModelCommand,
  exportReportCommand,
  correctCommand,
  openSampleCommand,
  showLogCommand,
];

/** Registers every command; what one throws is shown, never lost. */
export const registerCommands = (desk: Desk): vscode.Disposable =>
  vscode.Disposable.from(
    ...commands.map(({ id, run }) =>
      vscode.commands.registerCommand(
        id,
        guarded(desk.log, (argument: unknown, second: unknown) => run(desk, argument, second)),
      ),
    ),
  );
