// Template validation costs seconds of CPU at each synthesis; stack-validation.test.ts turns it on for itself.
process.env['CDK_VALIDATION'] ??= 'false';
