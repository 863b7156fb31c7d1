import fc from 'fast-check';

// Runs before each file of tests: a seed that one of them sets is not for the next one in its process.
fc.resetConfigureGlobal();
