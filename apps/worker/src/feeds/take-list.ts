import type { Context } from '@droplock/core/context'
import { databaseTime } from '@droplock/core/database/time'
import { type Declared, isListKnown } from '@droplock/core/lists/identity'
import { readServedZones } from '@droplock/core/lists/internal'
import { recordObserved } from '@droplock/core/lists/observe'
import { describeRun, type RunOpening } from '@droplock/core/lists/open-run'
import type { Publication } from '@droplock/core/lists/publication'
import { publishOrQuarantine, type RunResult } from '@droplock/core/lists/publish-or-quarantine'
import { stageList } from '@droplock/core/lists/stage'
import { toAscii } from '@droplock/core/name-as-written'
import type { SourceClaim } from '@droplock/core/sources/claim'
import {
  type DropListFormat,
  declarationOf,
  formats,
  isDropListFormat,
} from '@droplock/feeds/formats/formats'
import { inspectFile } from '@droplock/feeds/inspect-list'
import { openDropList } from '@droplock/feeds/open-drop-list'
import type { ReadOptions } from '@droplock/feeds/read-drop-list'
import { placeOf } from '@droplock/rules/list-sources'
import { dateIn } from '@droplock/rules/schedule/local-time'
import { opensAt, type PublicationRule } from '@droplock/rules/schedule/publication'
import { countOctets } from './count-octets.ts'
import type { Measured } from './measure.ts'
import { SourceFailed } from './source-failed.ts'
import { takeTurn } from './turn.ts'

export type ListFile = {
  readonly path: string
  /** The list's own name: some formats keep their date there. */
  readonly name: string
  readonly measured: Measured
  /** Ends what reports that the list is being fetched, and gives the run that was opened for that. */
  readonly endFetch?: () => Promise<string | undefined>
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
export type Taken =
  | { readonly kind: 'known' }
  | ({ readonly kind: 'compared' | 'outdated' | 'publishing' } & Read)
  | ({ readonly kind: 'observed'; readonly names: number } & Read)
  | ({ readonly kind: 'quarantined'; readonly reasons: readonly string[] } & Read)
  | ({ readonly kind: 'published'; readonly lateness: string; readonly lateSeconds: number } & Read &
      Publication)

export type Taking = {
  readonly ctx: Context
  readonly claim: SourceClaim
  readonly publication: PublicationRule | 'at_once'
  readonly signal: AbortSignal
}

/** How runs call a list of this source. */
export function sourceText({ address }: SourceClaim, fileName: string): string {
  return placeOf(address).kind === 'path' ? `${address}#${fileName}` : address
}

/**
 * Stages one list and publishes it (rule 5), holds it back for a person, or only compares it. Names that were deleted are recorded.
 * Throws `SourceFailed` where the file is no list, what reading or the database throw, and the signal's reason when it aborts, with
 * nothing published; a list that was published meanwhile by somebody else is `known`, not an error.
 */
export async function takeList(taking: Taking, file: ListFile): Promise<Taken> {
  const { ctx, claim, publication, signal } = taking
  const declaredFormat = claim.format !== null && isDropListFormat(claim.format) ? claim.format : undefined
  const inspected = await inspectFile(file.path, file.name, declaredFormat)
  if (inspected.kind === 'no_list')
    throw new SourceFailed(inspected.code, inspected.reason, { excerpt: inspected.excerpt })
  const { options, declared } = await readingOf(taking, inspected.format, inspected.dropDate)
  const opening = openingOf(claim, file, inspected.format, declared)
  if (await isKnown(ctx, claim, opening, file)) return { kind: 'known' }
  return takeTurn(async () => {
    signal.throwIfAborted()
    const runId = await file.endFetch?.()
    if (runId !== undefined) await describeRun(ctx, runId, opening)
    const counted = countOctets(inspected.octets(), inspected.isArchive ? null : file.measured.bytes)
    const { entries, scope, summary } = openDropList(counted.octets, options)
    const contentSha256 = () => file.measured.sha256
    const octets = counted.progress
    const run = await stageList(ctx, { ...opening, runId, contentSha256, scope, entries, octets, signal })
    const { rows, rejects, complete } = summary()
    const read = { runId: run.id, rows, rejects, complete }
    if (claim.isDryRun) return { kind: 'compared', ...read }
    if (opening.purpose === 'observed')
      return { kind: 'observed', names: await recordObserved(ctx, run.id), ...read }
    const when = whenToOpen(await databaseTime(ctx.db), publication)
    const settlement = await publishOrQuarantine(ctx, { runId: run.id, opensAt: when.opensAt, signal })
    return takenBy(settlement, read, when)
  })
}

/** A dry run shows what a list would change, also the list that is in force. Of a folder it shows the lists that are not known. */
async function isKnown(ctx: Context, claim: SourceClaim, opening: Opening, file: ListFile): Promise<boolean> {
  if (claim.isDryRun && placeOf(claim.address).kind === 'url') return false
  return isListKnown(ctx, { ...opening, contentSha256: file.measured.sha256 })
}

type Opening = RunOpening & { readonly format: DropListFormat; readonly declared: Declared }

function openingOf(
  claim: SourceClaim,
  { name }: ListFile,
  format: DropListFormat,
  declared: Declared,
): Opening {
  return {
    registryId: claim.registryId,
    source: sourceText(claim, name),
    sourceId: claim.id,
    precedence: claim.precedence,
    isDryRun: claim.isDryRun,
    format,
    purpose: formats[format].purpose,
    declared,
  }
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
  { ctx, claim, signal }: Taking,
  format: DropListFormat,
  dateInName: string | undefined,
): Promise<{ readonly options: ReadOptions; readonly declared: Declared }> {
  const { timeZone, registryId, scopeKind } = claim
  const today = dateIn(timeZone, await databaseTime(ctx.db))
  const declared = declarationOf(format, { dropDate: dateInName, scopeKind: scopeKind ?? undefined })
  const options = {
    format,
    zones: await readServedZones(ctx, registryId),
    toAscii,
    dropDate: declared.dropDate ?? today,
    today,
    timeZone,
    signal,
    ...(scopeKind !== null && { scopeKind }),
  }
  return { options, declared }
}

function whenToOpen(now: Date, rule: PublicationRule | 'at_once') {
  return rule === 'at_once' ? { opensAt: now, lateness: 'on_time', lateSeconds: 0 } : opensAt(now, rule)
}
