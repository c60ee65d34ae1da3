import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { logFile, recordsOf, toLogFile } from './corpus';
import { randomFrom } from './random';

/** How many different objects there are of the usual mix; a key's number is taken modulo this. */
const OBJECTS = 100;

/** Raw sizes are spread as in a quiet organization: median 21 KB, mean about 55 KB. */
const MEDIAN_BYTES = 21_000;
const SPREAD = 1.39;

const random = randomFrom(8);

/** A sum of twelve even numbers is normal enough. */
const normal = (): number => Array.from({ length: 12 }, () => random.below(1e6) / 1e6).reduce((a, b) => a + b, -6);

const mixed = Array.from({ length: OBJECTS }, (_, index) => {
  const bytes = MEDIAN_BYTES * Math.exp(SPREAD * normal());
  return toLogFile('mixed', recordsOf(bytes, 'es0', randomFrom(9, index))).gzip;
});
const large = logFile('10m', 'es0').gzip;
const empty = gzipSync('{"Records":[]}');

/** S3 as far as `GetObject` goes, at its usual distance: 20 to 40 ms. Tells its port to the parent process. */
const server = createServer((request, response) => {
  const number = Number(/-(\d+)\.json\.gz/.exec(request.url ?? '')?.[1]);
  const isLarge = request.url?.includes('/large-') === true;
  const body = Number.isNaN(number) ? empty : isLarge ? large : (mixed[number % OBJECTS] ?? empty);
  setTimeout(
    () => {
      response.writeHead(200, { 'content-length': body.length, 'content-type': 'application/json' });
      response.end(body);
    },
    20 + randomFrom(10, number).below(21),
  );
});

server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('disconnect', () => process.exit());
