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
  // A list that is read while it arrives is running at once.
  initial: ['queued', 'running'],
  transitions: {
    queued: { start: 'running' },
    running: { stage: 'ready', quarantine: 'quarantined', fail: 'failed' },
    // Whether a run is quarantined is decided in the transaction that would publish it, where its effect is counted.
    ready: { publish: 'published', quarantine: 'quarantined', discard: 'discarded', fail: 'failed' },
    quarantined: { publish: 'published', discard: 'discarded' },
    published: {},
    discarded: {},
    failed: {},
  },
}
