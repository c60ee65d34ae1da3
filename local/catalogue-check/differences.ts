import { readsByName } from '../../core/call/shape';
import type { Api } from './botocore';
import { membersOf, valuesOf, type Model } from './model';

/** A model that was read now, and the API it is about. */
export interface Source {
  readonly api: Api;
  readonly model: Model;
}

/** What we have: the names in the catalogue, and the extracts of the models. */
export interface Known {
  readonly eventNames: readonly string[];
  readonly extracts: readonly Source[];
}

export interface Differences {
  /** What a source has and we do not, each a line. */
  readonly fresh: readonly string[];
  /** What we have and no source has. */
  readonly gone: readonly string[];
}

/** What has changed since somebody looked: operations, the members of their requests, and the values of enumerations. */
export function differencesOf(sources: readonly Source[], { eventNames, extracts }: Known): Differences {
  const known = new Set(extracts.flatMap(factsOf));
  const published = new Set(sources.flatMap(factsOf));
  const names = new Set(sources.flatMap(({ model }) => Object.keys(model.operations)));
  const fresh = sources.flatMap((source) => {
    const { operations, source: where } = source.model;
    const operationsWeLack = Object.keys(operations).filter((name) => !eventNames.includes(name));
    return [
      ...operationsWeLack.map((name) => `operation ${name}, by its name a ${readsByName(name) ? 'read' : 'change'}`),
      ...factsOf(source).filter((fact) => !known.has(fact) && !operationsWeLack.some((name) => isAbout(name, fact))),
    ].map((line) => `${line}: in ${where}`);
  });
  const gone = [
    ...eventNames.filter((name) => !names.has(name)).map((name) => `operation ${name}`),
    ...[...known].filter((fact) => !published.has(fact)),
  ];
  return { fresh: [...new Set(fresh)], gone };
}

/** `member UpdateDomainConfig ClusterConfig.WarmCount of es/2015-01-01`, `value GENERAL of CreateDomain EngineMode …`. */
function factsOf({ api, model }: Source): readonly string[] {
  return Object.entries(model.operations).flatMap(([name, input]) => [
    `input of ${name} in ${api}`,
    ...membersOf(input).flatMap((member) => [
      `member ${member.path} of ${name} in ${api}`,
      ...valuesOf(member).map((value) => `value ${value} for ${member.path} of ${name} in ${api}`),
    ]),
  ]);
}

const isAbout = (name: string, fact: string): boolean => fact.includes(` of ${name} in `);
