import { createHash, type Hash } from 'node:crypto'
import type { DropEntry, ListScope } from '@droplock/rules/ports/drop-feed'
import type { Octets } from './intake/inflate.ts'
import { type ListSummary, type ReadOptions, readDropList } from './read-drop-list.ts'

/** A list as staging reads it. The three functions throw until `entries` has been read to the end. */
type OpenDropList = {
  readonly entries: AsyncIterable<DropEntry>
  readonly summary: () => ListSummary
  readonly scope: () => ListScope
  /** SHA-256 of the octets that `source` gave; of an incomplete list, of those that were read. */
  readonly contentSha256: () => Uint8Array
}

/** Opens a list to be read once. See `readDropList`. */
export function openDropList(source: Octets, options: ReadOptions): OpenDropList {
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

async function* hashed(source: Octets, hash: Hash) {
  for await (const chunk of source) {
    if (typeof chunk !== 'symbol') hash.update(chunk)
    yield chunk
  }
}
