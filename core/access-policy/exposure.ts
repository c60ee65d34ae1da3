/** Whom an access policy lets reach a domain's data, worst first. */
const EXPOSURES = ['public', 'any-account', 'anonymous-network', 'cross-account', 'same-account', 'none'] as const;

export type Exposure = (typeof EXPOSURES)[number];

/** Negative where `a` is worse than `b`: sorts worst first. */
export function compareExposure(a: Exposure, b: Exposure): number {
  return EXPOSURES.indexOf(a) - EXPOSURES.indexOf(b);
}

/** The worst of them; of none, `none`. */
export function worstExposure(exposures: readonly Exposure[]): Exposure {
  return exposures.reduce<Exposure>((worst, next) => (compareExposure(next, worst) < 0 ? next : worst), 'none');
}
