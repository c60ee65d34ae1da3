import { signedRequest } from './sign.mjs';

const { ENDPOINT = '', SECRET_ARN = '', AWS_SESSION_TOKEN = '' } = process.env;

/** From Lambda's own extension for secrets, which keeps it for five minutes. */
async function readSecret() {
  const url = `http://localhost:2773/secretsmanager/get?secretId=${encodeURIComponent(SECRET_ARN)}`;
  const response = await fetch(url, { headers: { 'X-Aws-Parameters-Secrets-Token': AWS_SESSION_TOKEN } });
  if (!response.ok) throw new Error(`the secret cannot be read: ${response.status}`);
  const { SecretString } = /** @type {{ readonly SecretString: string }} */ (await response.json());
  return SecretString;
}

/**
 * Sends one alert. What throws is tried again, and ends in the dead-letter queue of the rule.
 * @param {Parameters<typeof signedRequest>[0]} event
 */
export async function handler(event) {
  const request = signedRequest(event, await readSecret(), Date.now());
  const response = await fetch(ENDPOINT, { ...request, signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
}
