import { readArn } from '../base/arn';
import { isObject, memberOf } from '../base/members';
import { plain } from '../base/plain-text';
import { ACCOUNT, REGION, unknownText } from '../declared';
import type { Attributes, ResourceChange } from './changes';
import { expressionAt, expressionsOf, isWritten, providerOf, referencesOf, resourceBehind } from './expressions';

/**
 * The attributes that a plan leaves behind: what only the apply tells is unknown, what nobody wrote is left out.
 * @param user the resource whose account is the own one. @default - this
 */
export function attributesAfter(plan: unknown, change: ResourceChange, user = change): Attributes {
  const expressions = expressionsOf(plan, change);

  const visit = (value: unknown, unknown: unknown, path: readonly (string | number)[]): unknown => {
    if (unknown === true && Array.isArray(value) && value.length > 0) {
      // How many there are is known.
      return value.map((_, at) => visit(undefined, true, [...path, at]));
    }
    if (unknown === true) {
      // Nobody writes it: of what is there it stays, of what is made the service decides.
      if (!isWritten(expressions, path)) return valueAt(change.before, path);
      return valueBehind(plan, change, path, user) ?? unknownText(nameOf(change, path));
    }
    if (Array.isArray(value) || Array.isArray(unknown)) {
      const items: readonly unknown[] = Array.isArray(value) ? value : [];
      const unknowns: readonly unknown[] = Array.isArray(unknown) ? unknown : [];
      const length = Math.max(items.length, unknowns.length);
      return Array.from({ length }, (_, at) => visit(items[at], unknowns[at], [...path, at]));
    }
    if (!isObject(value) && !isObject(unknown)) return value;
    const names = [...Object.keys(isObject(value) ? value : {}), ...Object.keys(isObject(unknown) ? unknown : {})];
    return Object.fromEntries(
      [...new Set(names)].map((name) => [name, visit(memberOf(value, name), memberOf(unknown, name), [...path, name])]),
    );
  };

  const after = visit(change.after ?? {}, change.afterUnknown, []);
  return isObject(after) ? after : {};
}

const valueAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, step) => (typeof step === 'number' && Array.isArray(at) ? at[step] : memberOf(at, String(step))),
    value,
  );

const nameOf = ({ address }: ResourceChange, path: readonly (string | number)[]): string =>
  `${plain(address, 150)}.${path.filter((step) => typeof step === 'string').join('.')}, known after the apply`;

/** What is known of resources of the same configuration, by the same provider: they are of the own account. */
const OWN: readonly (readonly [reference: RegExp, value: (name: string) => string])[] = [
  [/^aws_iam_role\.([\w-]+)(\[.*\])?\.arn$/s, (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`],
  [/^aws_iam_user\.([\w-]+)(\[.*\])?\.arn$/s, (name) => `arn:aws:iam::${ACCOUNT}:user/${name}`],
  [
    /^aws_kms_(?:key|external_key|replica_key|replica_external_key)\.([\w-]+)(\[.*\])?\.(arn|id|key_id)$/s,
    (name) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${name}`,
  ],
  [
    /^aws_kms_alias\.([\w-]+)(\[.*\])?\.(arn|target_key_arn)$/s,
    (name) => `arn:aws:kms:${REGION}:${ACCOUNT}:alias/${name}`,
  ],
  [
    /^aws_cloudwatch_log_group\.([\w-]+)(\[.*\])?\.arn$/s,
    (name) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}`,
  ],
  [/^aws_security_group\.([\w-]+)(\[.*\])?\.id$/s, (name) => `sg-${name}`],
  [/^aws_subnet\.([\w-]+)(\[.*\])?\.id$/s, (name) => `subnet-${name}`],
  [/^data\.aws_caller_identity\.([\w-]+)(\[.*\])?\.account_id$/s, () => ACCOUNT],
];

/**
 * Where a resource of the own account tells what is not known: in a text that is an ARN or an id, or an item of a list. A list
 * that is not known as a whole may have literals in it, and what is no text is no ARN; neither is a policy.
 */
const isOfOneResource = (path: readonly (string | number)[]): boolean =>
  typeof path.at(-1) === 'number' || /(?:^|_)(?:arn|id|account|owner)$/.test(String(path.at(-1)));

/** The value of an expression that refers to such resources alone, all of one service: `try(aws_kms_key.a.arn, aws_kms_key.b.arn)`. */
function valueBehind(
  plan: unknown,
  change: ResourceChange,
  path: readonly (string | number)[],
  user: ResourceChange,
): string | undefined {
  if (!isOfOneResource(path)) return undefined;
  const provider = providerOf(plan, user);
  const values = referencesOf(plan, change.module, expressionAt(expressionsOf(plan, change), path)).map((reference) => {
    const resource = resourceBehind(reference);
    // Another one may be that of another account.
    const isOfProvider = resource !== undefined && providerOf(plan, resource) === provider;
    return isOfProvider ? ownValue(reference.to) : undefined;
  });
  const services = new Set(values.map((value) => value && (readArn(value)?.service ?? value)));
  return services.size === 1 ? values[0] : undefined;
}

function ownValue(reference: string): string | undefined {
  for (const [own, value] of OWN) {
    const name = own.exec(reference)?.[1];
    if (name !== undefined) return value(name);
  }
  return undefined;
}
