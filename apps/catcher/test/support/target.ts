import type { Target } from '../../src/plan/target.ts'

/** A target whose window starts at 10,000 and whose grace ends at 20,000, changed as the test needs it. */
export function target(changes: Partial<Target> = {}): Target {
  return {
    id: 'target-1',
    listingId: 'listing-1',
    name: 'wanted.test',
    orderedAt: new Date(1_000),
    armedAt: new Date(5_000),
    dropFromMs: 10_000,
    graceUntilMs: 20_000,
    prior: { kind: 'known', crDate: new Date(100), clid: 'someone' },
    phase: 'firing',
    busy: false,
    lastSentMs: null,
    createsSinceInfo: 0,
    seenFree: false,
    ...changes,
  }
}
