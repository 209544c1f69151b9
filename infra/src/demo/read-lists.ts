import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { domainToASCII } from 'node:url'
import { detectFormat } from '@droplock/feeds/detect-format'
import { type ReadOptions, readDropList } from '@droplock/feeds/read-drop-list'
import type { DropRow, RejectedRow } from '@droplock/rules/ports/drop-feed'
import type { ListFile } from './find-lists.ts'

/** What all lists together say. `rejects` are the raw lines. */
export type ReadLists = {
  readonly rows: readonly DropRow[]
  readonly rejects: readonly string[]
  /** Zones to be served: those asked for, and the TLDs of whatever else the lists carry. */
  readonly zones: ReadonlySet<string>
}

/** TLDs served beyond those asked for; a list that has more is mostly junk. */
const furtherTldsMax = 100
const headBytes = 4_096

/** Reads the lists. Throws when one is of no known format. */
export async function readLists(files: readonly ListFile[], zones: ReadonlySet<string>): Promise<ReadLists> {
  const all = new Set(zones)
  const first = await readAll(files, all)
  for (const tld of furtherTlds(first.rejects)) all.add(tld)
  // The second reading accepts what the first refused for its zone alone.
  const { rows, rejects } = all.size === zones.size ? first : await readAll(files, all)
  return { rows, rejects: rejects.map((reject) => reject.raw), zones: all }
}

async function readAll(files: readonly ListFile[], zones: ReadonlySet<string>) {
  const rows: DropRow[] = []
  const rejects: RejectedRow[] = []
  for (const file of files) {
    const options = await readingOf(file, zones)
    for await (const entry of readDropList(createReadStream(file.path), options)) {
      if (entry.kind === 'reject') rejects.push(entry)
      else rows.push(entry)
    }
  }
  return { rows, rejects }
}

const toAscii = (text: string) => domainToASCII(text) || undefined

async function readingOf({ path, name }: ListFile, zones: ReadonlySet<string>): Promise<ReadOptions> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
  const detected = detectFormat(name, buffer.subarray(0, bytesRead))
  if (detected === undefined) throw new Error(`${path} is no drop list of a known format`)
  // A list that tells no date at all is one day; which, does not matter on a clock of our own.
  return { dropDate: '2000-01-01', ...detected, zones, toAscii }
}

/** Of rows refused for their zone, the TLDs, most frequent first. */
function furtherTlds(rejects: readonly RejectedRow[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { raw, reason } of rejects) {
    const tld = reason === 'zone_not_served' ? tldOf(raw) : undefined
    if (tld !== undefined) counts.set(tld, (counts.get(tld) ?? 0) + 1)
  }
  const byCount = [...counts].toSorted(([, one], [, other]) => other - one)
  return byCount.slice(0, furtherTldsMax).map(([tld]) => tld)
}

/** The name of a raw row is its only field, or the one that has a dot. */
function tldOf(raw: string): string | undefined {
  const name = raw.split(/[,;\s]/).find((field) => field.includes('.'))
  return /\.([a-z][a-z0-9-]*)\.?$/.exec(name?.toLowerCase() ?? '')?.[1]
}
