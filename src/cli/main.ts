import { processIo } from './io';
import { runShell } from './shell';

// The bundle lies beside the scan worker and the trainer.
void runShell(process.argv.slice(2), processIo(__dirname)).then((code) => {
  process.exitCode = code;
});
