import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

/** A service that does not answer is given up well before the function's own time is over. */
const RETRIES = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

export const cloudFormation = new CloudFormationClient(RETRIES);
export const cloudTrail = new CloudTrailClient(RETRIES);
export const cloudWatch = new CloudWatchClient(RETRIES);
export const dynamoDb = new DynamoDBClient(RETRIES);
export const eventBridge = new EventBridgeClient(RETRIES);
export const kms = new KMSClient(RETRIES);
export const lambda = new LambdaClient(RETRIES);
export const s3 = new S3Client({ ...RETRIES, followRegionRedirects: true });
export const sns = new SNSClient(RETRIES);
export const sqs = new SQSClient(RETRIES);
