/**
 * What Lambda's own bootstrap does: imports the handler named by _HANDLER from LAMBDA_TASK_ROOT and asks the Runtime
 * API for one invocation after the other. Plain JavaScript, so that the function runs without a TypeScript loader.
 */
import { readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const API = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** @returns {Promise<{ headers: import('node:http').IncomingHttpHeaders, body: string }>} */
function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request(API + path, { method, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function toError(thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return JSON.stringify({
    errorType: error.name,
    errorMessage: error.message,
    stackTrace: (error.stack ?? '').split('\n'),
  });
}

async function loadHandler() {
  const root = process.env.LAMBDA_TASK_ROOT;
  const [file, name] = process.env._HANDLER.split('.');
  const found = ['.mjs', '.js', '.cjs'].map((end) => file + end).find((path) => readdirSync(root).includes(path));
  if (found === undefined) throw new Error(`no ${file}.mjs, ${file}.js or ${file}.cjs in ${root}`);
  const module = await import(pathToFileURL(join(root, found)).href);
  const handler = module[name] ?? module.default?.[name];
  if (typeof handler !== 'function') throw new Error(`${found} exports no function ${name}`);
  return handler;
}

function toContext(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => remainingUntil(deadline),
  };
}

const { remainingUntil } = process.env.LOCAL_TIMES_FASTER
  ? await import('./hasty-clock.mjs')
  : { remainingUntil: (deadline) => deadline - Date.now() };

// Ctrl-C reaches every process of the terminal. The parent says when to stop, and takes the function with it.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());

let handler;
try {
  handler = await loadHandler();
} catch (error) {
  await call('POST', '/init/error', toError(error));
  process.exit(1);
}

for (;;) {
  const { headers, body } = await call('GET', '/invocation/next');
  const context = toContext(headers);
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  let answer;
  try {
    answer = ['response', JSON.stringify((await handler(JSON.parse(body), context)) ?? null)];
  } catch (error) {
    answer = ['error', toError(error)];
  }
  // What Lambda reports of each invocation; in KiB and microseconds.
  process.send?.({ peak: process.resourceUsage().maxRSS, cpu: process.cpuUsage() });
  await call('POST', `/invocation/${context.awsRequestId}/${answer[0]}`, answer[1]);
}
