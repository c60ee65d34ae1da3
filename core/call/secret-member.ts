/**
 * Members whose values are nobody's to read, in whatever letter case: CloudTrail is expected to hide most of them, and
 * is not relied on to.
 */
const SECRET_MEMBER =
  /password|secret|passphrase|masterUserName|metadataContent|entityId$|publicKey|privateKey|accessKeyId|(session|security|auth|client|grant)Tokens?$|^grants?$|grantId$/i;

/** Whether the value of a member of this name is a secret. */
export const isSecretMember = (name: string): boolean => SECRET_MEMBER.test(name);
