import {
  AuditChain,
  AuditFacts,
  AuditList,
  AuditPeople,
  checkAuditChain,
  getAuditPeople,
  listAudit,
} from '@droplock/contracts/console/audit'
import { type AuditView, listAudit as readAudit } from '@droplock/core/audit/read'
import { checkAuditChain as checkChain } from '@droplock/core/audit/verify'
import { readAuditPeople } from '@droplock/core/staff/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { sortedPageOf } from './paging.ts'

export function routeAudit(app: ConsoleApi): void {
  app.openapi(listAudit, async (c) => {
    const { items, ...counts } = await readAudit(c.var.ctx, sortedPageOf(c.req.valid('query')))
    return reply(c, 200, AuditList, { items: items.map(presentEntry), ...wire(counts) })
  })

  app.openapi(getAuditPeople, async (c) =>
    reply(c, 200, AuditPeople, wire({ people: await readAuditPeople(c.var.ctx) })),
  )

  app.openapi(checkAuditChain, async (c) => reply(c, 200, AuditChain, wire(await checkChain(c.var.ctx))))
}

const facts = AuditFacts.optional()

/** `before` and `after` are shown as they were hashed, with the names they have there. */
function presentEntry({ before, after, ...entry }: AuditView) {
  return { ...wire(entry), before: facts.parse(before ?? undefined), after: facts.parse(after ?? undefined) }
}
