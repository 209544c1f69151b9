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
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { opensAtOf, receiveUpload } from '../lists/upload.ts'
import { presentMove } from './listings.ts'
import { pageOf, sortedPageOf } from './paging.ts'

export function routeSyncRuns(app: ConsoleApi, { settings }: Dependencies): void {
  app.openapi(listSyncRuns, async (c) => {
    return reply(c, 200, SyncRunList, wire(await listRuns(c.var.ctx, sortedPageOf(c.req.valid('query')))))
  })

  app.openapi(getSyncRun, async (c) =>
    reply(c, 200, SyncRunDetail, wire(await getRun(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(listSyncRunChanges, async (c) => {
    const [runId, page] = [c.req.valid('param').id, pageOf(c.req.valid('query'))]
    const { items, ...counts } = await listChanges(c.var.ctx, { runId, ...page })
    return reply(c, 200, SyncRunChangeList, { items: items.map(presentMove), ...wire(counts) })
  })

  app.openapi(listSyncRunRejects, async (c) => {
    const [runId, page] = [c.req.valid('param').id, pageOf(c.req.valid('query'))]
    return reply(c, 200, SyncRunRejectList, wire(await listRejects(c.var.ctx, { runId, ...page })))
  })

  app.openapi(uploadSyncRun, async (c) => {
    const { body, signal } = c.req.raw
    const { dryRun = false, ...query } = fromWire(c.req.valid('query'))
    const file = { ...query, dryRun }
    const { run, settlement } = await receiveUpload(c.var.ctx, settings, file, body, signal)
    c.var.event.add({ run_id: run.id, rows: run.rowsRead, settlement: settlement.kind })
    const syncRun = await getRun(c.var.ctx, run.id)
    const status = settlement.kind === 'publishing' ? 202 : 201
    return reply(c, status, Upload, { settlement: settlement.kind, sync_run: wire(syncRun) })
  })

  app.openapi(publishSyncRun, async (c) => {
    const { ctx } = c.var
    const runId = c.req.valid('param').id
    const opensAt = opensAtOf(await databaseTime(ctx.db), settings.publication)
    const answerBy = AbortSignal.timeout(settings.publicationMsMax)
    const publication = await publishQuarantined(ctx, { runId, ...c.req.valid('json'), opensAt, answerBy })
    const status = publication === undefined ? 202 : 200
    return reply(c, status, SyncRunDetail, wire(await getRun(ctx, runId)))
  })

  app.openapi(discardSyncRun, async (c) => {
    const runId = c.req.valid('param').id
    await discardRun(c.var.ctx, { runId, ...c.req.valid('json') })
    return reply(c, 200, SyncRunDetail, wire(await getRun(c.var.ctx, runId)))
  })
}
