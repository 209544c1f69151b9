import {
  addListSource,
  changeListSource,
  disableListSource,
  enableListSource,
  fetchListSource,
  getListSource,
  ListSource,
  ListSourceList,
  listListSources,
} from '@droplock/contracts/console/list-source'
import {
  addSource,
  changeSource,
  disableSource,
  enableSource,
  requestFetch,
} from '@droplock/core/sources/administer'
import { getSource, listSources } from '@droplock/core/sources/read'
import { isDropListFormat } from '@droplock/feeds/formats/formats'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import { usualSource } from '@droplock/rules/list-sources'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeListSources(app: ConsoleApi): void {
  app.openapi(listListSources, async (c) => {
    const page = pageOf(c.req.valid('query'))
    return reply(c, 200, ListSourceList, wire(await listSources(c.var.ctx, page)))
  })

  app.openapi(getListSource, async (c) =>
    reply(c, 200, ListSource, wire(await getSource(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(addListSource, async (c) => {
    const source = { ...unset, ...fromWire(c.req.valid('json')) }
    const id = await addSource(c.var.ctx, source, isDropListFormat)
    c.var.event.add({ source_id: id })
    return reply(c, 201, ListSource, wire(await getSource(c.var.ctx, id)))
  })

  app.openapi(changeListSource, async (c) => {
    const { id } = c.req.valid('param')
    const { reason, version, ...given } = fromWire(c.req.valid('json'))
    c.var.event.add({ source_id: id })
    const change = { id, version, terms: { ...unset, ...given }, reason }
    await changeSource(c.var.ctx, change, isDropListFormat)
    return reply(c, 200, ListSource, wire(await getSource(c.var.ctx, id)))
  })

  app.openapi(disableListSource, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ source_id: id })
    await disableSource(c.var.ctx, { id, ...c.req.valid('json') })
    return reply(c, 200, ListSource, wire(await getSource(c.var.ctx, id)))
  })

  app.openapi(enableListSource, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ source_id: id })
    await enableSource(c.var.ctx, { id, ...c.req.valid('json') })
    return reply(c, 200, ListSource, wire(await getSource(c.var.ctx, id)))
  })

  app.openapi(fetchListSource, async (c) => {
    const { id } = c.req.valid('param')
    const { reason, dryRun = false } = fromWire(c.req.valid('json'))
    c.var.event.add({ source_id: id, dry_run: dryRun })
    await requestFetch(c.var.ctx, { id, reason, isDryRun: dryRun })
    return reply(c, 200, ListSource, wire(await getSource(c.var.ctx, id)))
  })
}

/** What a source has where nothing is chosen. Without a time it is never late. */
const unset = { ...usualSource, lateAfterSeconds: null }
