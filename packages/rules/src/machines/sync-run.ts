import type { Machine } from './machine.ts'

/** One reading of one drop list, from file to published listings. */
export type SyncRunState =
  | 'queued'
  | 'running'
  | 'ready'
  | 'quarantined'
  | 'published'
  | 'discarded'
  | 'failed'

type SyncRunEvent = 'start' | 'stage' | 'quarantine' | 'publish' | 'discard' | 'fail'

export const syncRunMachine: Machine<SyncRunState, SyncRunEvent> = {
  // A list that is read as it arrives is running at once.
  initial: ['queued', 'running'],
  transitions: {
    queued: { start: 'running' },
    running: { stage: 'ready', quarantine: 'quarantined', fail: 'failed' },
    // Whether a run is held back is decided when its effect is counted, in the transaction that would publish it.
    ready: { publish: 'published', quarantine: 'quarantined', discard: 'discarded', fail: 'failed' },
    quarantined: { publish: 'published', discard: 'discarded' },
    published: {},
    discarded: {},
    failed: {},
  },
}
