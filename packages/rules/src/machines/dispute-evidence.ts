import type { Machine } from './machine.ts'

/** Our answer to a dispute. The provider takes it once; what it refused may be changed and submitted again. */
export type EvidenceState = 'draft' | 'submitting' | 'submitted' | 'refused'

export type EvidenceEvent = 'submit' | 'accept' | 'refuse' | 'change'

export const evidenceMachine: Machine<EvidenceState, EvidenceEvent> = {
  initial: ['draft'],
  transitions: {
    draft: { submit: 'submitting' },
    submitting: { accept: 'submitted', refuse: 'refused' },
    refused: { change: 'draft', submit: 'submitting' },
    submitted: {},
  },
}
