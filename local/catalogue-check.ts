import * as elasticsearch from '@aws-sdk/client-elasticsearch-service';
import { version as elasticsearchVersion } from '@aws-sdk/client-elasticsearch-service/package.json';
import * as opensearch from '@aws-sdk/client-opensearch';
import { version as opensearchVersion } from '@aws-sdk/client-opensearch/package.json';
import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { textOfError } from '../core/base/error-text';
import { EVENT_NAMES } from '../core/call';
import { APIS, newestBotocore, readBotocore, type Api, type Botocore } from './catalogue-check/botocore';
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

const WHAT_NOW =
  'put operations into core/call/catalogue.ts and run npm run catalogue:extract: the tests ask for the rest';

/** What could be read, and what could not, each of those a line. */
interface Read {
  readonly sources: readonly Source[];
  readonly botocore?: Botocore;
  readonly missing: readonly string[];
}

/** @param folder where botocore was installed. @default - pip is asked for the newest */
function read(folder: string | undefined): Read {
  const missing: string[] = [];
  const had = <Had>(what: string, reading: () => Had): Had | undefined => {
    try {
      return reading();
    } catch (error) {
      missing.push(`${what} COULD NOT BE HAD: ${textOfError(error)}`);
      return undefined;
    }
  };
  const botocore = had('botocore', () => (folder === undefined ? newestBotocore() : readBotocore(folder)));
  const ofClients = CLIENTS.flatMap(([api, reading]) => {
    const model = had(`the client of ${api}`, reading);
    return model ? [{ api, model }] : [];
  });
  const ofBotocore = botocore ? APIS.map((api) => ({ api, model: botocore.models[api] })) : [];
  return { sources: [...ofBotocore, ...ofClients], ...(botocore && { botocore }), missing };
}

function countsOf({ operations }: Model): string {
  const members = Object.values(operations).flatMap(membersOf);
  return `${Object.keys(operations).length} operations, ${members.length} members`;
}

runProgram(
  command({
    name: 'catalogue:check',
    summary:
      'Holds the catalogue of operations and the extracts of the API models against the newest models there are.',
    description:
      'The models are those of the newest botocore, which pip installs into a temporary folder, and of the two SDK clients.',
    options: {
      extract: {
        type: 'flag',
        description: 'write test/fixtures/models/ from botocore first, as npm run catalogue:extract does',
      },
      botocore: { type: 'text', value: 'FOLDER', description: 'a folder with botocore in it, in place of the newest' },
    },
    examples: [
      { args: '', gives: 'what is new, and what is gone' },
      { args: '--extract', gives: 'the same, with new extracts' },
    ],
    exitCodes: {
      0: 'nothing is new',
      1: 'something is new',
      2: 'nothing is new in what could be read, and a source could not be had',
    },
    run({ options: { extract, botocore: folder } }, { out, err }) {
      const { sources, botocore, missing } = read(folder);
      if (extract && botocore) writeExtracts(botocore.models);
      for (const { model } of sources) out(`${model.source}: ${countsOf(model)}\n`);
      const { fresh, gone } = differencesOf(sources, { eventNames: EVENT_NAMES, extracts: readExtracts() });
      const versions = botocore?.otherVersions.map((version) => `version ${version} of the API: in botocore`) ?? [];
      const isNew = [...versions, ...fresh];
      for (const line of isNew) out(`new: ${line}\n`);
      // The clients are older than botocore, so what they alone lack is not gone.
      for (const line of botocore ? gone : []) out(`gone: ${line}\n`);
      for (const line of missing) err(`${line}\n`);
      if (isNew.length > 0) out(`${WHAT_NOW}\n`);
      else if (missing.length === 0) out(`nothing is new: ${EVENT_NAMES.length} operations\n`);
      return Promise.resolve(isNew.length > 0 ? 1 : missing.length > 0 ? 2 : 0);
    },
  }),
);
