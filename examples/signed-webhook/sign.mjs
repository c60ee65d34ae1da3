import { createHmac } from 'node:crypto';

/**
 * The request for an alert, signed as https://www.standardwebhooks.com/ says.
 * @param {{ readonly id: string, readonly time: string, readonly detail: unknown }} event of the alert bus
 * @param {string} secret `whsec_` and the key in base64
 * @param {number} now in milliseconds since 1970
 */
export function signedRequest({ id, time, detail }, secret, now) {
  const timestamp = String(Math.floor(now / 1000));
  const body = JSON.stringify({ type: 'es-config-monitor.alert', timestamp: time, data: detail });
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // The same when it is tried again, so that the receiver can tell.
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
}
