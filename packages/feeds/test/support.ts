import { existsSync } from 'node:fs'
import { domainToASCII } from 'node:url'
import type { DropEntry, DropRow, RejectedRow } from '@droplock/rules/ports/drop-feed'
import { type ListSummary, type ReadOptions, readDropList } from '../src/read-drop-list.ts'

export const toAscii = (name: string) => domainToASCII(name) || undefined

/** The folder of real lists beside the checkout, or beside its parent; `undefined` where there is none. */
export const realLists = ['../../../../shared/data/pl/', '../../../../../shared/data/pl/']
  .map((path) => new URL(path, import.meta.url))
  .find((folder) => existsSync(folder))

type Read = {
  readonly entries: readonly DropEntry[]
  readonly rows: readonly DropRow[]
  readonly rejects: readonly RejectedRow[]
  readonly summary: ListSummary
}

/** Reads a whole list; `chunkBytes` is how much the source gives at once. */
export async function read(
  list: string | Uint8Array,
  options: ReadOptions,
  chunkBytes = 65_536,
): Promise<Read> {
  const entries: DropEntry[] = []
  const reading = readDropList(
    inChunks(typeof list === 'string' ? Buffer.from(list) : list, chunkBytes),
    options,
  )
  let next = await reading.next()
  for (; next.done !== true; next = await reading.next()) entries.push(next.value)
  return {
    entries,
    rows: entries.filter((entry) => entry.kind === 'row'),
    rejects: entries.filter((entry) => entry.kind === 'reject'),
    summary: next.value,
  }
}

export async function* inChunks(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes)
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
