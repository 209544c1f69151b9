import type { Machine } from './machine.ts'

/** Money that came to the bank. It is credited when it is recorded; a mistake is reversed, whole, by two people. */
export type BankTransferState = 'credited' | 'reversal_proposed' | 'reversed'

export type BankTransferEvent = 'propose_reversal' | 'approve_reversal' | 'reject_reversal'

export const bankTransferMachine: Machine<BankTransferState, BankTransferEvent> = {
  initial: ['credited'],
  transitions: {
    credited: { propose_reversal: 'reversal_proposed' },
    reversal_proposed: { approve_reversal: 'reversed', reject_reversal: 'credited' },
    reversed: {},
  },
}
