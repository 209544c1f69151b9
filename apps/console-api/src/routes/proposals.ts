import {
  approveProposal,
  listProposals,
  Proposal,
  ProposalList,
  proposeBankTransfer,
  proposeCreditLimit,
  proposeTargetOutcome,
  rejectProposal,
} from '@droplock/contracts/console/proposal'
import type { StaffContext } from '@droplock/core/context'
import { approveProposal as approve } from '@droplock/core/proposals/approve'
import {
  proposeCreditLimit as proposeCredit,
  proposeBankTransfer as proposeTransfer,
} from '@droplock/core/proposals/propose'
import { proposeTargetOutcome as proposeOutcome } from '@droplock/core/proposals/propose-target-outcome'
import { getProposal, listProposals as readProposals } from '@droplock/core/proposals/read'
import { rejectProposal as reject } from '@droplock/core/proposals/reject'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { wire } from '../present/wire.ts'
import { given } from './given.ts'
import { pagingOf } from './paging.ts'

export function routeProposals(app: ConsoleApi): void {
  app.openapi(listProposals, async (c) => {
    const query = c.req.valid('query')
    const { kind, state } = query
    const { items, total } = await readProposals(c.var.ctx, { ...pagingOf(query), ...given({ kind, state }) })
    return reply(c, 200, ProposalList, { items: items.map(present), total })
  })

  app.openapi(proposeTargetOutcome, async (c) => {
    const body = c.req.valid('json')
    const { outcome, evidence, reason, cr_date: crDate, registry_account_id: registryAccountId } = body
    const id = await proposeOutcome(c.var.ctx, {
      targetId: body.target_id,
      outcome,
      evidence,
      reason,
      ...given({ crDate, registryAccountId }),
    })
    return reply(c, 201, Proposal, await shown(c.var.ctx, id))
  })

  app.openapi(proposeBankTransfer, async (c) => {
    const body = c.req.valid('json')
    const id = await proposeTransfer(c.var.ctx, {
      accountId: body.account_id,
      amountMinor: BigInt(body.amount_minor),
      currency: body.currency,
      bankReference: body.bank_reference,
      note: body.note,
    })
    return reply(c, 201, Proposal, await shown(c.var.ctx, id))
  })

  app.openapi(proposeCreditLimit, async (c) => {
    const { account_id: accountId, limit_minor, reason } = c.req.valid('json')
    const id = await proposeCredit(c.var.ctx, { accountId, limitMinor: BigInt(limit_minor), reason })
    return reply(c, 201, Proposal, await shown(c.var.ctx, id))
  })

  app.openapi(approveProposal, async (c) => {
    const proposalId = c.req.valid('param').id
    c.var.event.add({ proposal_id: proposalId })
    await approve(c.var.ctx, { proposalId, ...given(c.req.valid('json')) })
    return reply(c, 200, Proposal, await shown(c.var.ctx, proposalId))
  })

  app.openapi(rejectProposal, async (c) => {
    const proposalId = c.req.valid('param').id
    c.var.event.add({ proposal_id: proposalId })
    await reject(c.var.ctx, { proposalId, note: c.req.valid('json').note })
    return reply(c, 200, Proposal, await shown(c.var.ctx, proposalId))
  })
}

async function shown(ctx: StaffContext, id: string) {
  return present(await getProposal(ctx, id))
}

/** The terms are JSON already: their members that are null stay. */
function present({ terms, ...proposal }: Awaited<ReturnType<typeof getProposal>>) {
  return { ...wire(proposal), terms: Proposal.shape.terms.parse(terms) }
}
