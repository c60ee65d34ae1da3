import { STRANGER } from '../base/arn';
import { isObject, textOf } from '../base/members';
import { ACCOUNT, holdsUnknown, isUnknown, told, type Candidate, type Choose, type Request } from '../declared';

/*
 * Members of a request that are not known, and make a difference to a rule.
 */

type Values = readonly [Candidate<unknown>, ...Candidate<unknown>[]];

const value = (of: unknown, says: string): Candidate<unknown> => ({ value: of, says });
const guess = (of: unknown, says: string): Candidate<unknown> => ({ value: of, says, isGuess: true });

/** Blocks that may be there or not, by the path of their names. */
const BLOCKS: Readonly<Record<string, Values>> = {
  vpcoptions: [value({ SubnetIds: ['subnet-unknown'] }, 'is in a VPC'), value(undefined, 'is left out')],
  advancedsecurityoptions: [value({ Enabled: true }, 'is on'), value(undefined, 'is left out')],
  encryptionatrestoptions: [value({ Enabled: true }, 'is on'), value(undefined, 'is left out')],
  nodetonodeencryptionoptions: [value({ Enabled: true }, 'is on'), value(undefined, 'is left out')],
  domainendpointoptions: [
    value({ EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' }, 'is strict'),
    value(undefined, 'is left out'),
  ],
};

/** Texts of which some values are objected to, by their names. */
const TEXTS: Readonly<Record<string, Values>> = {
  tlssecuritypolicy: [
    value('Policy-Min-TLS-1-2-PFS-2023-10', 'is a strict one'),
    guess('Policy-Min-TLS-1-0-2019-07', 'is one that allows TLS 1.0'),
  ],
  kmskeyid: [
    value('own', 'is of the own account'),
    guess(`arn:aws:kms:xx-region-1:${STRANGER}:key/x`, 'is of another account'),
  ],
  kmskeyarn: [
    value('own', 'is of the own account'),
    guess(`arn:aws:kms:xx-region-1:${STRANGER}:key/x`, 'is of another account'),
  ],
  masteruserarn: [
    value(undefined, 'is of the own account'),
    guess(`arn:aws:iam::${STRANGER}:role/x`, 'is of another account'),
  ],
  cloudwatchlogsloggrouparn: [
    value('own', 'is of the own account'),
    guess(`arn:aws:logs:xx-region-1:${STRANGER}:log-group:x`, 'is of another account'),
  ],
  ownerid: [value(undefined, 'is the own account'), guess(STRANGER, 'is another account')],
  account: [value(ACCOUNT, 'is the own account'), guess(STRANGER, 'is another account')],
  ipaddresstype: [value('ipv4', 'is ipv4'), value('dualstack', 'is dualstack')],
};

/** Flags that the rules read: the mild value first. */
const FLAGS: Readonly<Record<string, boolean>> = {
  'advancedsecurityoptions.enabled': true,
  'advancedsecurityoptions.anonymousauthenabled': false,
  'advancedsecurityoptions.internaluserdatabaseenabled': false,
  'advancedsecurityoptions.samloptions.enabled': false,
  'advancedsecurityoptions.jwtoptions.enabled': false,
  'advancedsecurityoptions.iamfederationoptions.enabled': false,
  'encryptionatrestoptions.enabled': true,
  'nodetonodeencryptionoptions.enabled': true,
  'domainendpointoptions.enforcehttps': true,
  'domainendpointoptions.customendpointenabled': false,
  'cognitooptions.enabled': false,
  'identitycenteroptions.enabledapiaccess': false,
  'iamidentitycenteroptions.enabled': false,
};

/** The request with a value for all that is not known and makes a difference; other unknowns stay as they are. */
export function requestInReading(request: Request, choose: Choose): Request {
  const visit = (member: unknown, path: readonly string[]): unknown => {
    if (holdsUnknown(member)) {
      const values = valuesAt(path, textOf(member) ?? '');
      return values === undefined ? member : choose(path.join('.'), values);
    }
    if (Array.isArray(member)) return member.map((item) => visit(item, path));
    if (!isObject(member)) return member;
    return Object.fromEntries(
      Object.entries(member).flatMap(([name, inner]): [string, unknown][] => {
        if (path.length === 0 && /^accessPolicies$/i.test(name)) return [[name, inner]];
        const read = visit(inner, [...path, name]);
        return read === undefined ? [] : [[name, read]];
      }),
    );
  };
  return visit(request, []) as Request;
}

function valuesAt(path: readonly string[], unknown: string): Values | undefined {
  const where = path.join('.');
  const key = where.toLowerCase();
  const what = isUnknown(unknown) ? told(unknown).replace(/^\(|\)$/g, '') : told(unknown);
  const named = ([first, ...others]: Values): Values => {
    const said = (each: Candidate<unknown>): Candidate<unknown> => ({
      ...each,
      says: `${where}, from ${what}, ${each.says}`,
    });
    return [said(first), ...others.map(said)];
  };
  const mild = FLAGS[key];
  if (mild !== undefined) return named([value(mild, `is ${mild}`), value(!mild, `is ${!mild}`)]);
  const values = BLOCKS[key] ?? TEXTS[path.at(-1)?.toLowerCase() ?? ''];
  return values && named(values);
}
