import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { domainToASCII } from 'node:url'
import { detectFormat } from '@droplock/feeds/detect-format'
import { type ReadOptions, readDropList } from '@droplock/feeds/read-drop-list'
import type { DropRow, RejectedRow } from '@droplock/rules/ports/drop-feed'
import { listLine, putList } from '../environment/lists.ts'
import { repositoryRoot } from '../paths.ts'

export type ListFile = { readonly path: string; readonly name: string }

/** Where real lists may lie: beside the checkout, or beside its parent. */
const sharedFolders = ['../shared', '../../shared'].map((path) => join(repositoryRoot, path, 'data', 'pl'))

/** The lists at the given paths, files or folders of files, in the order given. Throws when one is missing or empty. */
export function listsAt(paths: readonly string[]): readonly ListFile[] {
  return paths.flatMap((path) => {
    if (!existsSync(path)) throw new Error(`there is no drop list at ${path}`)
    const files = statSync(path).isDirectory() ? inFolder(path) : [path]
    if (files.length === 0) throw new Error(`the folder ${path} is empty`)
    return files.map((file) => ({ path: file, name: basename(file) }))
  })
}

/** The real lists of the Polish registry, if they are there. */
export function sharedLists(): readonly ListFile[] {
  const folder = sharedFolders.find((path) => existsSync(path))
  return folder === undefined ? [] : listsAt([folder]).filter(({ name }) => name.endsWith('.txt'))
}

function inFolder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(folder, entry.name))
    .toSorted()
}

/** The content of all lists together. `rejects` are the raw lines. */
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
  // A list without dates is one day. Which one does not matter on a clock of our own.
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

/**
 * Writes each day's names of a registry into `folder`, as the list that the registry would publish. `rejects` go into the first
 * list, and the service rejects them itself. Returns how many lists there are.
 */
export async function writeLists(
  folder: string,
  rows: readonly { readonly name: string; readonly day: number; readonly purgeAt: Date }[],
  rejects: readonly string[],
): Promise<number> {
  const days = [...Map.groupBy(rows, (row) => row.day)].toSorted(([one], [other]) => one - other)
  for (const [index, [day, ofDay]] of days.entries()) {
    const lines = ofDay.map(({ name, purgeAt }) => listLine(name, purgeAt))
    await putList(folder, day + 1, [...lines, ...(index === 0 ? rejects.map(asReject) : [])])
  }
  return days.length
}

/** A rejected duplicate could be accepted on the new dates; as a single field it is a reject in any case. */
function asReject(raw: string): string {
  return `${raw.replaceAll(',', ';')}\n`
}
