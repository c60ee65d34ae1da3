import { isDeepStrictEqual } from 'node:util';
import { isObject, listOf, memberOf } from '../../core/base/members';

/** A request of a document, as the API of its service takes it. */
export interface Request {
  readonly api: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a document meets while it runs. */
export interface Surroundings {
  /** An answer of the service to a request. */
  readonly answer: (request: Request) => unknown;
  /** Whether the approvers approve. @default - they do */
  readonly approves?: (message: string) => boolean;
}

/** What became of a run. */
export interface Execution {
  readonly status: 'Success' | 'Failed' | 'Rejected';
  /** The step it ended with. */
  readonly step: string;
  readonly requests: readonly Request[];
  /** What the approvers were asked. */
  readonly asked: readonly string[];
}

/**
 * Runs a document of Systems Manager Automation (schema 0.3) step by step, as far as the documents here go: it is written from the
 * user guide's pages on `aws:assertAwsResourceProperty`, `aws:approve` and `aws:executeAwsApi`.
 * @throws Error for parameters that the document does not take, and for what is not known here
 */
export function runAutomation(
  document: unknown,
  parameters: Readonly<Record<string, string>>,
  { answer, approves = () => true }: Surroundings,
): Execution {
  refuseParameters(memberOf(document, 'parameters'), parameters);
  const requests: Request[] = [];
  const asked: string[] = [];
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)]));
    if (typeof value !== 'string') return value;
    // What is put in is not looked through again.
    return value.replaceAll(/\{\{ *(\w+) *\}\}/g, (_, name: string) => {
      if (!Object.hasOwn(parameters, name)) throw new Error(`no parameter ${name}`);
      return parameters[name] ?? '';
    });
  };
  const request = (inputs: unknown): unknown => {
    const {
      Service: service,
      Api: api,
      PropertySelector: _,
      DesiredValues: __,
      ...input
    } = inputs as Readonly<Record<string, unknown>>;
    if (service !== 'opensearch') throw new Error(`no service ${String(service)}`);
    const made = { api: String(api), input };
    requests.push(made);
    return answer(made);
  };
  const steps = listOf(memberOf(document, 'mainSteps'));
  for (const step of steps) {
    const name = String(memberOf(step, 'name'));
    if (memberOf(step, 'onFailure') !== 'Abort') throw new Error(`${name} does not say that a failure ends it`);
    const inputs = filled(memberOf(step, 'inputs'));
    switch (memberOf(step, 'action')) {
      case 'aws:assertAwsResourceProperty': {
        const found = selected(request(inputs), String(memberOf(inputs, 'PropertySelector')));
        const isDesired = listOf(memberOf(inputs, 'DesiredValues')).some((one) =>
          isDeepStrictEqual(one, String(found)),
        );
        if (!isDesired) return { status: 'Failed', step: name, requests, asked };
        break;
      }
      case 'aws:approve': {
        const message = String(memberOf(inputs, 'Message'));
        if (message.length > 4096) throw new Error('the message is longer than a message may be');
        asked.push(message);
        if (!approves(message)) return { status: 'Rejected', step: name, requests, asked };
        break;
      }
      case 'aws:executeAwsApi':
        request(inputs);
        break;
      default:
        throw new Error(`${name} is of no known action`);
    }
    if (memberOf(step, 'isEnd') === true) return { status: 'Success', step: name, requests, asked };
  }
  throw new Error('the document has no end');
}

function refuseParameters(declared: unknown, parameters: Readonly<Record<string, string>>): void {
  const names = Object.keys(isObject(declared) ? declared : {});
  if (!isDeepStrictEqual(names.toSorted(), Object.keys(parameters).toSorted())) throw new Error('other parameters');
  for (const [name, value] of Object.entries(parameters)) {
    const pattern = memberOf(declared, name, 'allowedPattern');
    const values = memberOf(declared, name, 'allowedValues');
    if (value.length < 1 || value.length > 512) throw new Error(`${name} is too short or too long`);
    if (typeof pattern === 'string' && !new RegExp(pattern).test(value)) throw new Error(`${name} is not allowed`);
    if (values !== undefined && !listOf(values).includes(value)) throw new Error(`${name} is not allowed`);
    if (pattern === undefined && values === undefined) throw new Error(`${name} may be anything`);
  }
}

/** `$.A.B` of an answer. */
const selected = (answer: unknown, selector: string): unknown =>
  memberOf(answer, ...selector.replace(/^\$\./, '').split('.'));
