import type { StaffContext } from '@droplock/core/context'
import { openListCursor } from '@droplock/core/database/list-cursor'
import type { Snapshot } from '@droplock/core/database/reads'
import type { HttpVariables } from '@droplock/http/observe'
import { onInvalid } from '@droplock/http/refuse'
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { ConsoleApi, Environment } from '../console-api.ts'

/** The most that a list answers with at once. */
const ROWS_PER_PAGE = 200

/** One reading of a list: for whom, of which moment, and why it failed. */
type Reading = {
  readonly ctx: StaffContext
  error?: unknown
}

type WholeList = {
  /** The path of the list, and its query without pages. */
  readonly path: string
  readonly query: string
  readonly isPaged: boolean
}

/** Reads a whole list as of one moment, in pages of wire items. The items are exactly those that the list shows. */
export type ReadWholeList = (
  ctx: StaffContext,
  snapshot: Snapshot,
  list: WholeList,
) => AsyncGenerator<readonly unknown[]>

const Page = z.object({
  items: z.array(z.unknown()),
  total: z.int().optional(),
  total_is_exact: z.boolean().optional(),
})

/**
 * The routes of the API once more, without a network and without guards: a file is written from what its list answers, so that it
 * never shows another order, other filters or other members than the list. Who asks and of which moment comes with each request; the
 * use cases check permissions as always. `mount` adds the routes.
 */
export function openListReader(mount: (app: ConsoleApi) => void): ReadWholeList {
  const app = new OpenAPIHono<Environment & { Bindings: { readonly reading?: Reading } }>({
    defaultHook: onInvalid,
  })
  app.use(async (c, next) => {
    const { reading } = c.env
    if (reading === undefined) throw new Error('a list is read by nobody')
    c.set('ctx', reading.ctx)
    c.set('event', eventOf(reading))
    await next()
  })
  app.onError((error, c) => {
    if (c.env.reading !== undefined) c.env.reading.error = error
    return c.body(null, 500)
  })
  mount(app as unknown as ConsoleApi)

  async function readPage(reading: Reading, { path, query, isPaged }: WholeList, page: number) {
    const search = new URLSearchParams(query)
    if (isPaged) {
      search.set('page', String(page))
      search.set('per_page', String(ROWS_PER_PAGE))
    }
    const response = await app.request(`${path}?${search}`, {}, { reading })
    if (reading.error !== undefined) throw reading.error
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return Page.parse(await response.json())
  }

  return async function* read(ctx, snapshot, list) {
    const cursor = openListCursor(snapshot.db)
    const reading: Reading = { ctx: { ...ctx, db: snapshot.db } }
    for (let page = 1; ; page += 1) {
      // The cursor is at its next page whatever the number says.
      const { items, total = 0, total_is_exact } = await readPage(reading, list, cursor.isOpen() ? 1 : page)
      yield items
      if (cursor.isOpen() ? cursor.isAtEnd() : !list.isPaged || items.length < ROWS_PER_PAGE) {
        // What is computed in memory may be bounded, and a bounded list is not the whole one.
        if (!cursor.isOpen() && total_is_exact === false)
          throw new Error(`${list.path} has more than the ${total} that are computed`)
        return
      }
    }
  }
}

/** A row that violates its contract is left out of a page; of a file it must not be missing unnoticed. */
function eventOf(reading: Reading): HttpVariables['event'] {
  return {
    add: () => undefined,
    end: () => undefined,
    fail: (error) => {
      reading.error = error
    },
  }
}
