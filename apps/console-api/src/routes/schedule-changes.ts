import {
  applyScheduleChange,
  ChangeDetail,
  ChangedListingList,
  ChangeList,
  ChangePreview,
  getScheduleChange,
  listScheduleChangeListings,
  listScheduleChanges,
  previewScheduleChange,
  previewScheduleChangeUndo,
  stopScheduleChange,
  undoScheduleChange,
} from '@droplock/contracts/console/schedule-changes'
import { applyChange } from '@droplock/core/schedule-changes/apply'
import { type ChangePreview as Preview, previewChange } from '@droplock/core/schedule-changes/preview'
import { previewUndo } from '@droplock/core/schedule-changes/preview-undo'
import { getChange, listChangedListings, listChanges } from '@droplock/core/schedule-changes/read'
import { stopChange } from '@droplock/core/schedule-changes/stop'
import { undoChange } from '@droplock/core/schedule-changes/undo'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeScheduleChanges(app: ConsoleApi): void {
  app.openapi(previewScheduleChange, async (c) => {
    const { action, filter } = c.req.valid('json')
    const preview = await previewChange(c.var.ctx, { action: fromWire(action), filter: fromWire(filter) })
    return reply(c, 201, ChangePreview, presentPreview(preview))
  })

  app.openapi(previewScheduleChangeUndo, async (c) => {
    const preview = await previewUndo(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, ChangePreview, presentPreview(preview))
  })

  app.openapi(listScheduleChanges, async (c) => {
    const page = pageOf(c.req.valid('query'))
    return reply(c, 200, ChangeList, wire(await listChanges(c.var.ctx, page)))
  })

  app.openapi(getScheduleChange, async (c) =>
    reply(c, 200, ChangeDetail, wire(await getChange(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(listScheduleChangeListings, async (c) => {
    const query = { changeId: c.req.valid('param').id, ...pageOf(c.req.valid('query')) }
    return reply(c, 200, ChangedListingList, wire(await listChangedListings(c.var.ctx, query)))
  })

  app.openapi(applyScheduleChange, async (c) => {
    const command = { changeId: c.req.valid('param').id, ...c.req.valid('json') }
    c.var.event.add({ schedule_change_id: command.changeId })
    await applyChange(c.var.ctx, command)
    return reply(c, 200, ChangeDetail, wire(await getChange(c.var.ctx, command.changeId)))
  })

  app.openapi(stopScheduleChange, async (c) => {
    const command = { changeId: c.req.valid('param').id, ...c.req.valid('json') }
    c.var.event.add({ schedule_change_id: command.changeId })
    await stopChange(c.var.ctx, command)
    return reply(c, 200, ChangeDetail, wire(await getChange(c.var.ctx, command.changeId)))
  })

  app.openapi(undoScheduleChange, async (c) => {
    const command = { changeId: c.req.valid('param').id, ...c.req.valid('json') }
    c.var.event.add({ schedule_change_id: command.changeId })
    await undoChange(c.var.ctx, command)
    return reply(c, 200, ChangeDetail, wire(await getChange(c.var.ctx, command.changeId)))
  })
}

function presentPreview(preview: Preview) {
  return wire({
    ...preview,
    first: preview.first.map(({ decision, ...listing }) => ({ ...listing, ...decision })),
  })
}
