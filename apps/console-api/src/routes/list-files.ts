import { type FileColumn, type ListFile, listFiles } from '@droplock/contracts/console/list-files'
import type { StaffContext } from '@droplock/core/context'
import { recordListExport } from '@droplock/core/exports/export-list'
import { type Cell, toAmount } from '@droplock/core/exports/write'
import { writeList } from '@droplock/core/exports/write-list'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import type { Exports } from '../http/exports.ts'
import { openListReader, type ReadWholeList } from '../lists/read-whole-list.ts'

/** Every list as a file (ADR 43). `mount` adds the routes of the lists. */
export function routeListFiles(
  app: ConsoleApi,
  { ctx: own }: Dependencies,
  exports: Exports,
  mount: (app: ConsoleApi) => void,
): void {
  const readWhole = openListReader(mount)
  for (const file of listFiles) {
    const { operation, list, isPaged } = file
    app.openapi(operation, async (c) => {
      const url = new URL(c.req.url)
      const ctx: StaffContext = { ...c.var.ctx, db: own.db }
      const path = url.pathname.replace(/\.csv$/, '')
      const asked = { path, query: url.search, isPaged }
      const [permission] = operation.security.flatMap(({ session }) => session)
      if (permission === undefined) throw new Error(`${list} needs no permission`)
      const body = await exports.snapshot(c.var.ctx, async (snapshot) => {
        const pages = readWhole(ctx, snapshot, asked)
        const first = await pages.next()
        // What the list refuses is refused before anything is recorded.
        await recordListExport(ctx, {
          list: path.replace('/api/', ''),
          permission,
          filters: Object.fromEntries(url.searchParams),
        })
        return writeList(ctx, {
          header: file.columns.flatMap(headersOf),
          pages: cellsOf(file, resumed(first, pages)),
        })
      })
      c.header('Content-Type', 'text/csv; charset=utf-8')
      c.header('Content-Disposition', `attachment; filename="${fileName(path, new Date())}"`)
      return c.body(body)
    })
  }
}

type Pages = ReturnType<ReadWholeList>

/** The pages from the first, which was read already. */
async function* resumed(first: IteratorResult<readonly unknown[]>, rest: Pages): Pages {
  if (first.done !== true) yield first.value
  yield* rest
}

/** `droplock_sync-runs_changes_2026-02-15.csv`: ids say nothing in a folder of downloads. */
function fileName(path: string, now: Date): string {
  const parts = path
    .replace('/api/', '')
    .split('/')
    .filter((part) => !/^[0-9a-f-]{36}$/.test(part))
  const plain = parts.map((part) => part.replaceAll(/[^\w.-]/g, '_'))
  return `droplock_${plain.join('_')}_${now.toISOString().slice(0, 10)}.csv`
}

function headersOf({ header, kind }: FileColumn): readonly string[] {
  return kind === 'money' ? [header, `${header}_currency`] : [header]
}

async function* cellsOf({ columns }: ListFile, pages: Pages): AsyncGenerator<readonly (readonly Cell[])[]> {
  for await (const page of pages)
    yield page.map((item) => columns.flatMap((column) => toCells(column, valueAt(item, column.path))))
}

function valueAt(item: unknown, path: readonly string[]): unknown {
  let value = item
  for (const name of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return value
}

function toCells({ kind }: FileColumn, value: unknown): readonly Cell[] {
  if (kind === 'text') return [toCell(value)]
  const [minor, currency] = [valueAt(value, ['amount_minor']), valueAt(value, ['currency'])]
  if (typeof minor !== 'number' || typeof currency !== 'string') return [null, null]
  return [toAmount(BigInt(minor), currency), currency]
}

function toCell(value: unknown): Cell {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number') return value
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? value.join(' ')
    : JSON.stringify(value)
}
