import type { Machine } from './machine.ts'

/** One reading of one drop list, from file to published listings. */
export type SyncRunState =
  | 'queued'
  | 'running'
  | 'ready'
  | 'quarantined'
  | 'publishing'
  | 'published'
  | 'discarded'
  | 'failed'

type SyncRunEvent = 'start' | 'stage' | 'quarantine' | 'publish' | 'complete' | 'record' | 'discard' | 'fail'

export const syncRunMachine: Machine<SyncRunState, SyncRunEvent> = {
  // A list that is read while it arrives is running at once.
  initial: ['queued', 'running'],
  transitions: {
    queued: { start: 'running' },
    running: { stage: 'ready', quarantine: 'quarantined', fail: 'failed' },
    // Whether a run is quarantined is decided when it would be published, by what that would change.
    ready: {
      publish: 'publishing',
      quarantine: 'quarantined',
      // Names that were deleted are not listed, so nothing of them is published in batches.
      record: 'published',
      discard: 'discarded',
      fail: 'failed',
    },
    quarantined: { publish: 'publishing', discard: 'discarded' },
    // What has begun is always completed, if necessary by another process.
    publishing: { complete: 'published' },
    published: {},
    discarded: {},
    failed: {},
  },
}
