import { asked, called, denied, failed, filled, named, nestedText, sessionOf, type Tricks } from './record';

/** Texts that are slow to read, to search or to make safe. */
export const TEXTS: Tricks = {
  'quotes that never close, before a secret': (bytes) => failed(`${'‹'.repeat(bytes)} password`),
  'guillemets that never close, before a secret': (bytes) => failed(`${'«'.repeat(bytes)} password`),
  'apostrophes before a secret': (bytes) => failed(`${"'a".repeat(bytes / 2)} password`),
  'paths of members without end': (bytes) => failed(filled("' at 'a.b", bytes)),
  'values without end': (bytes) => failed(filled("value: '", bytes)),
  'half the name of a secret': (bytes) => failed(`master${' '.repeat(bytes)}`),
  'half the names of secrets': (bytes) => failed(filled('master user ', bytes)),
  'a change that is never in progress': (bytes) => failed(filled('change ', bytes)),
  'no change that is never in progress': (bytes) => failed(filled('no a/change ', bytes)),
  'one long word behind a change': (bytes) => failed(`no change ${'a'.repeat(bytes)}`),
  'ARNs that never end': (bytes) => denied(filled('arn:aws:es:', bytes)),
  'a caller whose ARN is one letter': (bytes) => ({ ...denied('a'.repeat(bytes)), userIdentity: { arn: 'a' } }),
  'a permission set of underscores': (bytes) =>
    asked({}, { userIdentity: sessionOf(`AWSReservedSSO_${filled('_0', bytes)}`) }),
  'a session of colons and slashes': (bytes) => asked({}, { userIdentity: sessionOf(filled(':/', bytes)) }),
  'spaces in every name': (bytes) => asked({ domainName: 'a'.padEnd(bytes / 5) }, named('a'.padEnd(bytes / 5))),
  'marks stacked on a letter': (bytes) =>
    asked({ domainName: filled('\u0301', bytes / 2) }, named(filled('\u0301', bytes / 2))),
  'characters that are not seen': (bytes) =>
    asked({ domainName: filled('\u200b', bytes / 3) }, named(filled('\u200b', bytes / 3))),
  'halves of characters': (bytes) =>
    asked({ domainName: filled('\ud800', bytes / 3) }, named(filled('\ud800', bytes / 3))),
  'an event id without end': (bytes) => asked({}, { eventID: filled('-', bytes), requestID: filled('r', bytes) }),
  'an event id of marks': (bytes) =>
    asked({}, { eventID: filled('\u0301', bytes / 2), sharedEventID: filled('\u200b', bytes / 3) }),
  'a time without end': (bytes) => asked({}, { eventTime: filled('2026-11-20T', bytes) }),
  'a region without end': (bytes) =>
    asked({}, { awsRegion: filled('eu-', bytes), recipientAccountId: filled('1', bytes) }),
  'an event name of digits': (bytes) => called(`Delete${filled('2015_', bytes)}`, {}),
  'an error code without end': (bytes) =>
    asked({}, { errorCode: filled('Client.', bytes), errorMessage: filled('a.', bytes) }),
  'links without end': (bytes) => failed(filled('www.a ', bytes)),
  'links to mail without end': (bytes) => failed(filled('mailto:', bytes)),
  'sentences without end': (bytes) => failed(filled('a. B ', bytes)),
  'line breaks without end': (bytes) => failed(filled('\r\n', bytes)),
  'escapes without end': (bytes) => failed(filled('\u001b[31m', bytes)),
  'ids in a message': (bytes) => failed(filled('arn:aws:iam::111122223333:user/a ', bytes)),
  'quotes in quotes': (bytes) => failed(filled(`"'\``, bytes)),
  'a message of JSON': () => failed(nestedText('{"password":"x"}', 13)),
  'passwords in a message': (bytes) => failed(filled('password=x ', bytes)),
  'secrets in a message': (bytes) =>
    asked(
      { password: 'aaaaaaaa' },
      { errorCode: 'ValidationException', errorMessage: filled('aaaaaaa b', bytes), responseElements: null },
    ),
  'a user agent of slashes': (bytes) =>
    asked({}, { userAgent: filled('a/1 (', bytes), sourceIPAddress: filled('1.', bytes) }),
  'an address of colons': (bytes) => asked({}, { sourceIPAddress: filled(':', bytes) }),
};
