import { memberOf, textOf } from '../../core/base/members';

/** What AWS, or its SDK, calls an error. */
export const nameOfError = (error: unknown): string => textOf(memberOf(error, 'name')) ?? '';

/** Whether credentials have run out, or there are none: read anew, they may be good. */
export const isExpiredCredential = (error: unknown): boolean =>
  /^(ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|TokenRefreshRequired|CredentialsProviderError)/.test(
    nameOfError(error),
  );

/** What the operator can do about that. */
export function signInAgain(profile: string | undefined): string {
  const how = profile === undefined ? 'sign in again' : `sign in again, as by aws sso login --profile ${profile}`;
  return `the credentials have expired or are none: ${how}`;
}
