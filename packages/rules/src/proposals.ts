import type { ProposalState } from './machines/proposal.ts'
import { Refusal } from './refusals.ts'
import { may, type Permission, type Role } from './staff.ts'

export const proposalKinds = [
  'target_outcome',
  'bank_transfer',
  'credit_limit',
  'withdrawal',
  'registry_stop',
  'month_close',
] as const

/** The outcome of an undecided target; a bank transfer or a credit limit beyond what one person may grant; the withdrawal of a name with a holder; a stop of a registry in a drop; the close of a month of the books. */
export type ProposalKind = (typeof proposalKinds)[number]

/** How long a proposal waits for another person. Milliseconds: 7 days, as a refund does. */
export const PROPOSAL_MS_MAX = 604_800_000

/** Who may propose each kind, and who may decide it. */
export const proposalPermissions = {
  target_outcome: { propose: 'targets:propose', decide: 'targets:decide' },
  bank_transfer: { propose: 'transfers:record', decide: 'transfers:decide' },
  credit_limit: { propose: 'credit:set', decide: 'credit:set' },
  withdrawal: { propose: 'names:withdraw', decide: 'withdrawals:decide' },
  registry_stop: { propose: 'registries:stop', decide: 'registries:stop' },
  month_close: { propose: 'months:propose', decide: 'months:decide' },
} as const satisfies Record<ProposalKind, { readonly propose: Permission; readonly decide: Permission }>

type ProposalFacts = {
  readonly state: ProposalState
  readonly proposedBy: string
  readonly expiresAt: Date
}

/** Throws Refusal: proposal_already_decided, decider_is_proposer, proposal_expired. Two people, whatever their roles. */
export function requireDecidableProposal(proposal: ProposalFacts, deciderId: string, now: Date): void {
  if (proposal.state !== 'proposed') {
    throw new Refusal('proposal_already_decided', `This proposal is ${proposal.state}.`, {
      state: proposal.state,
    })
  }
  if (proposal.proposedBy === deciderId) {
    throw new Refusal('decider_is_proposer', 'Another person has to decide what you proposed.')
  }
  if (proposal.expiresAt <= now) {
    throw new Refusal('proposal_expired', 'This proposal waited too long. It has to be proposed again.')
  }
}

/** Why a person may not decide a proposal; undefined where they may. `own`: they proposed it. */
export type WhyNotDecide = 'decided' | 'expired' | 'own' | 'not_permitted'

type Person = { readonly staffId: string; readonly roles: readonly Role[] }

/** Whether this person may approve or reject a proposal of this kind, as `requireDecidableProposal` and its permissions say. */
export function whyNotDecide(
  proposal: ProposalFacts & { readonly kind: ProposalKind },
  { staffId, roles }: Person,
  now: Date,
): WhyNotDecide | undefined {
  if (proposal.state === 'expired' || (proposal.state === 'proposed' && proposal.expiresAt <= now))
    return 'expired'
  if (proposal.state !== 'proposed') return 'decided'
  if (proposal.proposedBy === staffId) return 'own'
  const needed = ['proposals:decide', proposalPermissions[proposal.kind].decide] as const
  return needed.every((permission) => may(roles, permission)) ? undefined : 'not_permitted'
}
