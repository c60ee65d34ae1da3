import { command } from '../command';
import { note, UsageError } from '../console';
import { LOOK_OPTIONS, lookInto } from '../look';
import { progressOn } from '../progress';
import { cloudTrail, eventHistory, type HistoryEffects, type Place } from '../sources/event-history';
import { tell, TELL_OPTIONS } from '../tell';
import { readTime } from '../times';

/** CloudTrail keeps its event history for as many days. */
const DAYS_KEPT = 90;

/** `history`: what CloudTrail's event history holds, judged, without a trail or a bucket. */
export const historyWith = (effects: Omit<HistoryEffects, 'show'>) =>
  command({
    name: 'history',
    summary:
      "Judges the configuration calls in CloudTrail's event history: of the last 90 days, with or without a trail.",
    description:
      "Asks cloudtrail:LookupEvents, which costs nothing and answers twice a second. Credentials are those of the AWS SDK's default chain, or of the profiles given.",
    options: {
      region: { type: 'texts', value: 'REGION', description: 'where to look; without it in the default region' },
      profile: { type: 'texts', value: 'NAME', description: 'whose credentials to look with' },
      from: {
        type: 'text',
        value: 'TIME',
        default: `${DAYS_KEPT}d`,
        description: 'the earliest: a day, a time, or 7d for days before now',
      },
      to: { type: 'text', value: 'TIME', description: 'the latest; without it now' },
      ...TELL_OPTIONS,
      settings: LOOK_OPTIONS.settings,
      baseline: LOOK_OPTIONS.baseline,
    },
    examples: [
      { args: '--region eu-west-1 --region us-east-1', gives: 'the alerts of 90 days in two regions' },
      { args: '--profile audit --from 7d --format markdown', gives: 'a ticket about the last week' },
    ],
    exitCodes: { 0: 'nothing found', 1: 'alerts', 2: 'something could not be read, and the rest was judged' },

    async run({ options }, console) {
      const now = new Date();
      const from = readTime('from', options.from, now, 'beginning');
      const to = options.to === undefined ? now : readTime('to', options.to, now, 'end');
      if (from >= to) throw new UsageError(`--from ${from.toISOString()} is not before --to ${to.toISOString()}`);
      const earliest = new Date(now.getTime() - DAYS_KEPT * 24 * 3600_000);
      if (from < earliest)
        note(console, `the event history reaches back to ${earliest.toISOString().slice(0, 10)}, and no further`);
      const progress = progressOn(console, 'events');
      const find = async () => {
        const found = await eventHistory(placesIn(options), from, to, { ...effects, show: progress.show });
        progress.clear();
        return found;
      };
      return tell(await lookInto(find, options, console, 'calls', 'region'), options, console);
    },
  });

export const historyCommand = historyWith(cloudTrail);

/** Every region with every profile. */
function placesIn({
  region,
  profile,
}: {
  readonly region: readonly string[];
  readonly profile: readonly string[];
}): readonly Place[] {
  const regions = region.length > 0 ? [...new Set(region)] : [undefined];
  const profiles = profile.length > 0 ? [...new Set(profile)] : [undefined];
  return profiles.flatMap((eachProfile) => regions.map((eachRegion) => ({ profile: eachProfile, region: eachRegion })));
}
