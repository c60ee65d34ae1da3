import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Closers } from '../closers';
import { REGION, ROOT, type Emulator } from './emulator';

/** Clients of the services at the emulator, for somebody. */
export function clientsOf({ endpoint, certificate }: Emulator, closers: Closers, credentials = ROOT) {
  const config = {
    endpoint,
    region: REGION,
    credentials,
    requestHandler: { httpsAgent: { ca: certificate, keepAlive: true } },
  };
  const clients = {
    stacks: new CloudFormationClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
    tables: new DynamoDBClient(config),
  };
  closers.add(() => Object.values(clients).forEach((client) => client.destroy()));
  return clients;
}

export type Aws = ReturnType<typeof clientsOf>;
