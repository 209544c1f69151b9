import {
  DisputeDetail,
  DisputeList,
  getDispute,
  listDisputes,
  saveDisputeEvidence,
  submitDisputeEvidence,
} from '@droplock/contracts/console/dispute'
import type { StaffContext } from '@droplock/core/context'
import { getDispute as readDispute, listDisputes as readDisputes } from '@droplock/core/disputes/read'
import { saveEvidence } from '@droplock/core/disputes/save-evidence'
import { submitEvidence } from '@droplock/core/disputes/submit-evidence'
import { reply } from '@droplock/http/reply'
import { money, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { sortedPageOf } from './paging.ts'

export function routeDisputes(app: ConsoleApi): void {
  app.openapi(listDisputes, async (c) => {
    const disputes = await readDisputes(c.var.ctx, sortedPageOf(c.req.valid('query')))
    return reply(c, 200, DisputeList, wire(disputes))
  })

  app.openapi(getDispute, async (c) =>
    reply(c, 200, DisputeDetail, await shown(c.var.ctx, c.req.valid('param').id)),
  )

  app.openapi(saveDisputeEvidence, async (c) => {
    const disputeId = c.req.valid('param').id
    c.var.event.add({ dispute_id: disputeId })
    await saveEvidence(c.var.ctx, { disputeId, ...c.req.valid('json') })
    return reply(c, 200, DisputeDetail, await shown(c.var.ctx, disputeId))
  })

  app.openapi(submitDisputeEvidence, async (c) => {
    const disputeId = c.req.valid('param').id
    c.var.event.add({ dispute_id: disputeId })
    await submitEvidence(c.var.ctx, { disputeId, ...c.req.valid('json') })
    return reply(c, 200, DisputeDetail, await shown(c.var.ctx, disputeId))
  })
}

async function shown(ctx: StaffContext, id: string) {
  const { fees, evidence, suggestion, ...dispute } = await readDispute(ctx, id)
  return {
    ...wire(dispute),
    suggestion,
    ...(evidence === null ? {} : { evidence: { ...wire(evidence), fields: evidence.fields } }),
    fees: fees.map(({ amountMinor, currency }) => money(amountMinor, currency)),
  }
}
