import type { Profile } from './profile.ts'

/**
 * A registry as one was met: names of others are nobody's business, each clTRID serves once and for ever, a create needs a
 * registrant and an update of DNSSEC `urgent`, and a premium name is sold at its price to whoever agrees to no fee.
 */
export const strictLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  infoOfOthers: 'refused',
  clTRIDs: 'unique',
  registrantMissing: 2303,
  dnssecUrgent: 'demanded',
  limits: { sessionsMax: 5, commandsPerSecondMax: 40 },
  fee: {
    currency: 'EUR',
    premiumMinor: 50_000,
    premiumWithoutFee: 'sold',
    higherFee: 'taken',
    wrongCurrencyCode: 2306,
  },
}
