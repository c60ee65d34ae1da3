import * as fc from 'fast-check';

// Template validation costs seconds of CPU at each synthesis; test/lib/validation.test.ts turns it on for itself.
process.env['CDK_VALIDATION'] ??= 'false';

// The same cases every time, so that a red test is red again; `FC_SEED=$RANDOM npm test` looks at others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20261124) });
