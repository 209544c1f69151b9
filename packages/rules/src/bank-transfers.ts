import {
  type BankTransferEvent,
  type BankTransferState,
  bankTransferMachine,
} from './machines/bank-transfer.ts'
import { nextIfAllowed } from './machines/machine.ts'
import { Refusal } from './refusals.ts'
import { may, type Permission, type Role } from './staff.ts'

/** `re 4711 / 26` → `RE4711/26`: people type a reference in many ways, and one transfer must be recognised as one. */
export function plainReference(typed: string): string | undefined {
  const plain = typed.replaceAll(/\s/g, '').toUpperCase()
  return /^[A-Z0-9/.:+-]{3,140}$/.test(plain) ? plain : undefined
}

/** The same. Throws Refusal('bank_reference_invalid'). */
export function requireBankReference(typed: string): string {
  const plain = plainReference(typed)
  if (plain === undefined) throw new Refusal('bank_reference_invalid', 'This is not a bank reference.')
  return plain
}

type TransferFacts = {
  readonly state: BankTransferState
  readonly reversalProposedBy: string | null
}

/** Throws Refusal('transfer_not_reversible') where it is reversed already, or a reversal is proposed. */
export function decideReversalProposal({ state }: TransferFacts): void {
  if (nextIfAllowed(bankTransferMachine, state, 'propose_reversal') !== undefined) return
  throw new Refusal('transfer_not_reversible', `This transfer is ${state.replaceAll('_', ' ')}.`, { state })
}

/** Throws Refusal: reversal_not_proposed, decider_is_proposer. Two people, whatever their roles. */
export function requireDecidableReversal(transfer: TransferFacts, deciderId: string): void {
  if (transfer.state !== 'reversal_proposed') {
    throw new Refusal('reversal_not_proposed', 'No reversal of this transfer waits for a decision.', {
      state: transfer.state,
    })
  }
  if (transfer.reversalProposedBy === deciderId) {
    throw new Refusal('decider_is_proposer', 'Another person has to decide what you proposed.')
  }
}

const needs = {
  propose_reversal: 'transfers:record',
  approve_reversal: 'transfers:decide',
  reject_reversal: 'transfers:decide',
} as const satisfies Record<BankTransferEvent, Permission>

const actions = ['propose_reversal', 'approve_reversal', 'reject_reversal'] as const

/** What this person may do with a transfer. */
export function transferActions(
  transfer: TransferFacts,
  me: { readonly staffId: string; readonly roles: readonly Role[] },
): readonly BankTransferEvent[] {
  return actions.filter(
    (action) =>
      nextIfAllowed(bankTransferMachine, transfer.state, action) !== undefined &&
      may(me.roles, needs[action]) &&
      (action === 'propose_reversal' || transfer.reversalProposedBy !== me.staffId),
  )
}
