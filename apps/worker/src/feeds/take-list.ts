import { createReadStream } from 'node:fs'
import { domainToASCII } from 'node:url'
import type { Context } from '@droplock/core/context'
import { databaseTime } from '@droplock/core/database/time'
import { type Declared, isListKnown } from '@droplock/core/lists/identity'
import { readServedZones } from '@droplock/core/lists/internal'
import type { Publication } from '@droplock/core/lists/publication'
import { publishOrQuarantine, type RunResult } from '@droplock/core/lists/publish-or-quarantine'
import { stageList } from '@droplock/core/lists/stage'
import { detectFormat } from '@droplock/feeds/detect-format'
import { declarationOf } from '@droplock/feeds/formats/formats'
import { openDropList } from '@droplock/feeds/open-drop-list'
import type { ReadOptions } from '@droplock/feeds/read-drop-list'
import { dateIn } from '@droplock/rules/schedule/local-time'
import { opensAt, type PublicationRule } from '@droplock/rules/schedule/publication'
import type { Measured } from './measure.ts'
import { nameOf, type Source } from './source.ts'

export type ListFile = {
  readonly path: string
  /** The list's own name: some formats keep their date there. */
  readonly name: string
  readonly measured: Measured
}

type Read = {
  readonly runId: string
  readonly rows: number
  readonly rejects: number
  /** False: the list was not read to its end, and is held back for that. */
  readonly complete: boolean
}

/**
 * `known`: this list was taken before, and nothing was read. `quarantined`: a person has to look at it first. `outdated`: a list that
 * was read later says otherwise. `publishing`: this worker stops, and another one completes the publication.
 */
type Taken =
  | { readonly kind: 'known' }
  | ({ readonly kind: 'outdated' | 'publishing' } & Read)
  | ({ readonly kind: 'quarantined'; readonly reasons: readonly string[] } & Read)
  | ({ readonly kind: 'published'; readonly lateness: string; readonly lateSeconds: number } & Read &
      Publication)

class UnknownFormat extends Error {
  override readonly name = 'UnknownFormat'
}

/**
 * Stages one list and publishes it (rule 5), or holds it back for a person. Throws `UnknownFormat`, what reading or the
 * database throw, and the signal's reason when it aborts, with nothing published; a list that was published meanwhile by
 * somebody else is `known`, not an error.
 */
export async function takeList(
  ctx: Context,
  source: Source,
  file: ListFile,
  publication: PublicationRule | 'at_once',
  signal: AbortSignal,
): Promise<Taken> {
  const { options, declared } = await readingOf(ctx, source, file, signal)
  const list = {
    registryId: source.registryId,
    source: `${nameOf(source)}${source.place.kind === 'path' ? `#${file.name}` : ''}`,
    format: options.format,
    declared,
  }
  if (await isListKnown(ctx, { ...list, contentSha256: file.measured.sha256 })) return { kind: 'known' }
  const { entries, scope, summary } = openDropList(createReadStream(file.path, { signal }), options)
  const contentSha256 = () => file.measured.sha256
  const run = await stageList(ctx, { ...list, contentSha256, scope, entries, signal })
  const when = whenToOpen(await databaseTime(ctx.db), publication)
  const settlement = await publishOrQuarantine(ctx, { runId: run.id, opensAt: when.opensAt, signal })
  const { rows, rejects, complete } = summary()
  return takenBy(settlement, { runId: run.id, rows, rejects, complete }, when)
}

function takenBy(settlement: RunResult, read: Read, when: ReturnType<typeof whenToOpen>): Taken {
  const { lateness, lateSeconds } = when
  switch (settlement.kind) {
    case 'unchanged':
      return { kind: 'known' }
    case 'outdated':
    case 'publishing':
      return { kind: settlement.kind, ...read }
    case 'quarantined':
      return { kind: 'quarantined', reasons: settlement.reasons, ...read }
    case 'published':
      return { kind: 'published', lateness, lateSeconds, ...read, ...settlement.publication }
  }
}

async function readingOf(
  ctx: Context,
  source: Source,
  { name, measured }: ListFile,
  signal: AbortSignal,
): Promise<{ readonly options: ReadOptions; readonly declared: Declared }> {
  const detected = detectFormat(name, measured.head)
  const format = source.format ?? detected?.format
  if (format === undefined) throw new UnknownFormat(`${name} is no list of a known format`)
  const today = dateIn(source.timeZone, await databaseTime(ctx.db))
  const declared = declarationOf(format, { dropDate: detected?.dropDate, scopeKind: source.scope })
  const options = {
    format,
    zones: await readServedZones(ctx, source.registryId),
    toAscii: (text: string) => domainToASCII(text) || undefined,
    dropDate: declared.dropDate ?? today,
    today,
    signal,
    ...(source.scope !== undefined && { scopeKind: source.scope }),
  }
  return { options, declared }
}

function whenToOpen(now: Date, rule: PublicationRule | 'at_once') {
  return rule === 'at_once' ? { opensAt: now, lateness: 'on_time', lateSeconds: 0 } : opensAt(now, rule)
}
