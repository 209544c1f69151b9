import type { Machine } from './machine.ts'

/** What one person proposes and another decides, before it expires. */
export type ProposalState = 'proposed' | 'approved' | 'rejected' | 'expired'

type ProposalEvent = 'approve' | 'reject' | 'expire'

export const proposalMachine: Machine<ProposalState, ProposalEvent> = {
  initial: ['proposed'],
  transitions: {
    proposed: { approve: 'approved', reject: 'rejected', expire: 'expired' },
    approved: {},
    rejected: {},
    expired: {},
  },
}
