import { parseArgs } from 'node:util';
import * as elasticsearch from '@aws-sdk/client-elasticsearch-service';
import { version as elasticsearchVersion } from '@aws-sdk/client-elasticsearch-service/package.json';
import * as opensearch from '@aws-sdk/client-opensearch';
import { version as opensearchVersion } from '@aws-sdk/client-opensearch/package.json';
import { textOfError } from '../core/base/error-text';
import { EVENT_NAMES } from '../core/call';
import { APIS, newestBotocore, readBotocore, type Api } from './catalogue-check/botocore';
import { differencesOf, type Source } from './catalogue-check/differences';
import { readExtracts, writeExtracts } from './catalogue-check/extracts';
import { membersOf, type Model } from './catalogue-check/model';
import { readNpmClient } from './catalogue-check/npm-client';

/** The SDK clients, as installed here. */
const CLIENTS: readonly (readonly [Api, () => Model])[] = [
  ['opensearch/2021-01-01', () => readNpmClient(opensearch, `@aws-sdk/client-opensearch ${opensearchVersion}`)],
  [
    'es/2015-01-01',
    () => readNpmClient(elasticsearch, `@aws-sdk/client-elasticsearch-service ${elasticsearchVersion}`),
  ],
];

/**
 * Holds the catalogue and the extracts of the API models against the newest models there are. Exit code 0 when nothing is
 * new, 1 when something is, 2 when nothing is new in what could be read and a source could not be had.
 */
function main(): number {
  const { values } = parseArgs({ options: { extract: { type: 'boolean' }, botocore: { type: 'string' } } });
  const missing: string[] = [];
  const had = <Had>(what: string, read: () => Had): Had | undefined => {
    try {
      return read();
    } catch (error) {
      missing.push(`${what} COULD NOT BE HAD: ${textOfError(error)}`);
      return undefined;
    }
  };

  const botocore = had('botocore', () =>
    values.botocore === undefined ? newestBotocore() : readBotocore(values.botocore),
  );
  if (values.extract && botocore) writeExtracts(botocore.models);
  const sources: readonly Source[] = [
    ...(botocore ? APIS.map((api) => ({ api, model: botocore.models[api] })) : []),
    ...CLIENTS.flatMap(([api, read]) => {
      const model = had(`the client of ${api}`, read);
      return model ? [{ api, model }] : [];
    }),
  ];
  for (const { model } of sources) console.log(`${model.source}: ${countsOf(model)}`);

  const { fresh, gone } = differencesOf(sources, { eventNames: EVENT_NAMES, extracts: readExtracts() });
  const versions = botocore?.otherVersions.map((version) => `version ${version} of the API: in botocore`) ?? [];
  const isNew = [...versions, ...fresh];
  for (const line of isNew) console.log(`new: ${line}`);
  // The clients are older than botocore, so what they alone lack is not gone.
  for (const line of botocore ? gone : []) console.log(`gone: ${line}`);
  for (const line of missing) console.error(line);
  if (isNew.length > 0) {
    console.log(
      'put operations into core/call/catalogue.ts and run npm run catalogue:extract: the tests ask for the rest',
    );
    return 1;
  }
  if (missing.length > 0) return 2;
  console.log(`nothing is new: ${EVENT_NAMES.length} operations`);
  return 0;
}

function countsOf({ operations }: Model): string {
  const members = Object.values(operations).flatMap(membersOf);
  return `${Object.keys(operations).length} operations, ${members.length} members`;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(textOfError(error));
  process.exitCode = 2;
}
