import {
  approveProposal,
  listProposals,
  Proposal,
  ProposalList,
  proposeBankTransfer,
  proposeCreditLimit,
  proposeMonthClose,
  proposeRegistryStop,
  proposeTargetOutcome,
  proposeWithdrawal,
  rejectProposal,
} from '@droplock/contracts/console/proposal'
import type { StaffContext } from '@droplock/core/context'
import { approveProposal as approve } from '@droplock/core/proposals/approve'
import {
  proposeCreditLimit as proposeCredit,
  proposeBankTransfer as proposeTransfer,
} from '@droplock/core/proposals/propose'
import { proposeMonthClose as proposeClose } from '@droplock/core/proposals/propose-month-close'
import { proposeRegistryStop as proposeToStop } from '@droplock/core/proposals/propose-registry-stop'
import { proposeTargetOutcome as proposeOutcome } from '@droplock/core/proposals/propose-target-outcome'
import { proposeWithdrawal as proposeToWithdraw } from '@droplock/core/proposals/propose-withdrawal'
import { getProposal, listProposals as readProposals } from '@droplock/core/proposals/read'
import { rejectProposal as reject } from '@droplock/core/proposals/reject'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeProposals(app: ConsoleApi): void {
  app.openapi(listProposals, async (c) => {
    const { items, ...counts } = await readProposals(c.var.ctx, pageOf(c.req.valid('query')))
    return reply(c, 200, ProposalList, { items: items.map(present), ...wire(counts) })
  })

  app.openapi(proposeTargetOutcome, async (c) => {
    const id = await proposeOutcome(c.var.ctx, fromWire(c.req.valid('json')))
    return reply(c, 201, Proposal, await shown(c.var.ctx, id))
  })

  app.openapi(proposeBankTransfer, async (c) => {
    const id = await proposeTransfer(c.var.ctx, fromWire(c.req.valid('json')))
    return reply(c, 201, Proposal, await shown(c.var.ctx, id))
  })

  app.openapi(proposeCreditLimit, async (c) => {
    const id = await proposeCredit(c.var.ctx, fromWire(c.req.valid('json')))
    return reply(c, 201, Proposal, await shown(c.var.ctx, id))
  })

  app.openapi(proposeWithdrawal, async (c) => {
    const id = await proposeToWithdraw(c.var.ctx, fromWire(c.req.valid('json')))
    return reply(c, 201, Proposal, await shown(c.var.ctx, id))
  })

  app.openapi(proposeRegistryStop, async (c) => {
    const id = await proposeToStop(c.var.ctx, fromWire(c.req.valid('json')))
    return reply(c, 201, Proposal, await shown(c.var.ctx, id))
  })

  app.openapi(proposeMonthClose, async (c) => {
    const id = await proposeClose(c.var.ctx, fromWire(c.req.valid('json')))
    return reply(c, 201, Proposal, await shown(c.var.ctx, id))
  })

  app.openapi(approveProposal, async (c) => {
    const proposalId = c.req.valid('param').id
    c.var.event.add({ proposal_id: proposalId })
    await approve(c.var.ctx, { proposalId, ...fromWire(c.req.valid('json')) })
    return reply(c, 200, Proposal, await shown(c.var.ctx, proposalId))
  })

  app.openapi(rejectProposal, async (c) => {
    const proposalId = c.req.valid('param').id
    c.var.event.add({ proposal_id: proposalId })
    await reject(c.var.ctx, { proposalId, ...c.req.valid('json') })
    return reply(c, 200, Proposal, await shown(c.var.ctx, proposalId))
  })
}

async function shown(ctx: StaffContext, id: string) {
  return present(await getProposal(ctx, id))
}

/** The terms are JSON already, and keep their members that are null. */
function present({ terms, ...proposal }: Awaited<ReturnType<typeof getProposal>>) {
  return { ...wire(proposal), terms: Proposal.shape.terms.parse(terms) }
}
