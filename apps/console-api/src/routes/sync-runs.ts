import {
  discardSyncRun,
  getSyncRun,
  listSyncRunChanges,
  listSyncRunRejects,
  listSyncRuns,
  publishSyncRun,
  SyncRunChangeList,
  SyncRunDetail,
  SyncRunList,
  SyncRunRejectList,
  Upload,
  uploadSyncRun,
} from '@droplock/contracts/console/sync-runs'
import { databaseTime } from '@droplock/core/database/time'
import { listChanges } from '@droplock/core/lists/changes'
import { discardRun } from '@droplock/core/lists/discard'
import { publishQuarantined } from '@droplock/core/lists/publish-quarantined'
import { getRun, listRejects, listRuns } from '@droplock/core/lists/read'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { opensAtOf } from '../lists/opens-at.ts'
import { takeUpload } from '../lists/take-upload.ts'
import { presentMove } from '../present/move.ts'
import { wire } from '../present/wire.ts'
import { given } from './given.ts'
import { pagingOf, sortedPagingOf } from './paging.ts'

export function routeSyncRuns(app: ConsoleApi, { settings }: Dependencies): void {
  app.openapi(listSyncRuns, async (c) => {
    const query = c.req.valid('query')
    const { state, registry_id: registryId, q } = query
    const { items, total } = await listRuns(c.var.ctx, {
      ...sortedPagingOf(query),
      ...given({ state, registryId, q }),
    })
    return reply(c, 200, SyncRunList, { items: wire(items), total })
  })

  app.openapi(getSyncRun, async (c) =>
    reply(c, 200, SyncRunDetail, wire(await getRun(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(listSyncRunChanges, async (c) => {
    const query = c.req.valid('query')
    const { items, total } = await listChanges(c.var.ctx, {
      runId: c.req.valid('param').id,
      ...pagingOf(query),
      ...given({ kind: query.kind, q: query.q }),
    })
    return reply(c, 200, SyncRunChangeList, {
      items: items.map((change) => ({ ...wire(change), ...presentMove(change) })),
      total,
    })
  })

  app.openapi(listSyncRunRejects, async (c) => {
    const query = c.req.valid('query')
    const { items, total } = await listRejects(c.var.ctx, {
      runId: c.req.valid('param').id,
      ...pagingOf(query),
      ...given({ reason: query.reason }),
    })
    return reply(c, 200, SyncRunRejectList, { items: wire(items), total })
  })

  app.openapi(uploadSyncRun, async (c) => {
    const { registry_id: registryId, file_name: fileName, format, drop_date: dropDate } = c.req.valid('query')
    const file = { registryId, fileName, ...given({ format, dropDate }) }
    const { body, signal } = c.req.raw
    const { run, settlement } = await takeUpload(c.var.ctx, settings, file, body, signal)
    c.var.event.add({ run_id: run.id, rows: run.rowsRead, settlement: settlement.kind })
    const syncRun = await getRun(c.var.ctx, run.id)
    return reply(c, 201, Upload, { settlement: settlement.kind, sync_run: wire(syncRun) })
  })

  app.openapi(publishSyncRun, async (c) => {
    const { ctx } = c.var
    const runId = c.req.valid('param').id
    const opensAt = opensAtOf(await databaseTime(ctx.db), settings.publication)
    await publishQuarantined(ctx, { runId, ...c.req.valid('json'), opensAt })
    return reply(c, 200, SyncRunDetail, wire(await getRun(ctx, runId)))
  })

  app.openapi(discardSyncRun, async (c) => {
    const runId = c.req.valid('param').id
    await discardRun(c.var.ctx, { runId, ...c.req.valid('json') })
    return reply(c, 200, SyncRunDetail, wire(await getRun(c.var.ctx, runId)))
  })
}
