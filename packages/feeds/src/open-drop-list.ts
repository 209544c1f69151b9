import { createHash, type Hash } from 'node:crypto'
import type { DropEntry, ListScope } from '@droplock/rules/ports/drop-feed'
import { type ListSummary, type ReadOptions, readDropList } from './read-drop-list.ts'

/** A list being read, in the shape that staging it asks for. The three answers throw until `entries` has been read. */
type OpenDropList = {
  readonly entries: AsyncIterable<DropEntry>
  readonly summary: () => ListSummary
  readonly scope: () => ListScope
  /** SHA-256 of the raw octets, as they came; of a list that broke off, of some of them. */
  readonly contentSha256: () => Uint8Array
}

/** Opens a list for one reading. See `readDropList`, which does the work. */
export function openDropList(source: AsyncIterable<Uint8Array>, options: ReadOptions): OpenDropList {
  const hash = createHash('sha256')
  let done: { readonly summary: ListSummary; readonly sha256: Uint8Array } | undefined
  async function* read(): AsyncGenerator<DropEntry> {
    const summary = yield* readDropList(hashed(source, hash), options)
    done = { summary, sha256: hash.digest() }
  }
  const finished = () => {
    if (done === undefined) throw new Error('the list has not been read to its end')
    return done
  }
  return {
    entries: read(),
    summary: () => finished().summary,
    scope: () => finished().summary.scope,
    contentSha256: () => finished().sha256,
  }
}

async function* hashed(source: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    hash.update(chunk)
    yield chunk
  }
}
