import { isObject, listOf, memberOf, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import { unknownText, type Candidate } from '../declared';

/** More allowed values than this are too many to try. */
const MOST_ALLOWED = 12;

/** What a `Ref` to a parameter may be. Only a value that is given, or the only one allowed, is certain. */
export function valuesOfParameter(
  name: string,
  declaration: unknown,
  given: ReadonlyMap<string, string>,
): readonly [Candidate<unknown>, ...Candidate<unknown>[]] {
  const shown = plain(name, 80);
  const type = textOf(memberOf(declaration, 'Type')) ?? 'String';
  const value = given.get(name);
  if (value !== undefined && !isStored(type))
    return [{ value: typed(type, value), says: `the parameter ${shown} is given` }];
  const fallback = textOfScalar(memberOf(declaration, 'Default'));
  const allowed = listOf(memberOf(declaration, 'AllowedValues'))
    .filter((each) => !isObject(each))
    .map(String);
  if (allowed.length > 0 && allowed.length <= MOST_ALLOWED && !isStored(type)) {
    const ordered = [...allowed.filter((each) => each === fallback), ...allowed];
    const [first, ...others] = [...new Set(ordered)].map((each) => ({
      value: typed(type, each),
      says: `the parameter ${shown} is ${plain(each, 80)}`,
    }));
    if (first) return [first, ...others];
  }
  const another = {
    value: unknownText(`the parameter ${shown}`),
    says: `the parameter ${shown} is given another value`,
  };
  if (fallback === undefined || isStored(type)) return [another];
  const says = `the parameter ${shown} has its default`;
  return [{ value: typed(type, fallback), says }, another];
}

/** What a `Ref` to a parameter of a nested stack is: what is passed, and else its default, which nobody can change. */
export function passedValue(name: string, declaration: unknown, passed: unknown): unknown {
  const type = textOf(memberOf(declaration, 'Type')) ?? 'String';
  const value = passed ?? memberOf(declaration, 'Default');
  const text = textOfScalar(value);
  if (isStored(type) || value === undefined) return unknownText(`the parameter ${plain(name, 80)}`);
  return text === undefined ? value : typed(type, text);
}

const textOfScalar = (value: unknown): string | undefined =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;

/** The value is the name of where the value is. */
const isStored = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::Value<');

const typed = (type: string, value: string): unknown =>
  /^(CommaDelimitedList|List<.*>)$/.test(type) ? value.split(',').map((item) => item.trim()) : value;
