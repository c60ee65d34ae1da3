/* A mail digest: the alerts of a day or a week in one mail. No digest of CloudTrail's, which is a file. */

export { readDigested, type DigestedAlert } from './digested';
export { toMailDigest, type MailDigest, type Period } from './mail';
