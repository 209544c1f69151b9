import type { ServedName } from '@droplock/core/order-of-service/read-names'

const RELEASE_MS = Date.UTC(2026, 10, 30, 12)
export const at = (seconds: number): Date => new Date(RELEASE_MS + 1_000 * seconds)

/** A name that is released at `at(0)` and served, but for `over`. */
export function givenName(over: Partial<ServedName> = {}): ServedName {
  return {
    position: 1,
    name: 'one.test',
    zone: 'test',
    listingId: '01985f3a-7c4e-7d10-8a52-000000000001',
    backorderId: '01985f3a-7c4e-7d10-8a52-000000000002',
    orderedAt: at(-86_400),
    release: 'exact_instant',
    releaseAt: at(0),
    dropFrom: at(-60),
    dropTo: at(60),
    orderKey: 'unknown',
    isWithdrawn: false,
    isSuspect: false,
    isPremium: false,
    contactRoles: [],
    ownRoles: [],
    lacksOwn: false,
    basis: 'known_instant',
    sharing: 1,
    place: 1,
    capacity: 5,
    creates: 1,
    lateSeconds: 0,
    reason: undefined,
    cautions: [],
    ...over,
  }
}
