import { AuditList, listAudit } from '@droplock/contracts/console/audit'
import { listAudit as readAudit } from '@droplock/core/audit/read'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentAudit } from '../present/audit.ts'
import { given } from './given.ts'
import { sortedPagingOf } from './paging.ts'

export function routeAudit(app: ConsoleApi): void {
  app.openapi(listAudit, async (c) => {
    const query = c.req.valid('query')
    const { action, from, to, actor_id: actorId, subject_type: subjectType, subject_id: subjectId } = query
    const { items, total } = await readAudit(c.var.ctx, {
      ...sortedPagingOf(query),
      ...given({ action, actorId, subjectType, subjectId, from, to }),
    })
    return reply(c, 200, AuditList, { items: items.map((item) => presentAudit(item)), total })
  })
}
