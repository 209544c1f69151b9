import { basename } from 'node:path'
import { failRun } from '@droplock/core/lists/fail'
import { recordFailedTry } from '@droplock/core/lists/failed-try'
import { forgetRun } from '@droplock/core/lists/open-run'
import type { Logger } from '@droplock/observability/logger'
import { wideEvent } from '@droplock/observability/wide-event'
import { placeOf } from '@droplock/rules/list-sources'
import { authorizationOf, type Credentials } from './credentials.ts'
import { type Downloaded, download, type Validators } from './download.ts'
import { changedLists, type FolderMemory } from './folder.ts'
import { failureOf, SourceFailed } from './source-failed.ts'
import { type ListFile, sourceText, type Taken, type Taking, takeList } from './take-list.ts'
import { type FetchTracker, trackFetch } from './track-fetch.ts'

type Fetching = Taking & {
  readonly bytesMax: number
  readonly credentials: Credentials
  readonly logger: Logger
  readonly memory: FolderMemory
}

type Result = {
  /** There was a list that had not been taken before. */
  readonly isNew: boolean
  readonly validators?: Validators & { readonly contentSha256: Uint8Array }
}

/**
 * Takes in what is new at a source. A try that brought no list is recorded as a run before its failure is thrown. Throws `SourceFailed`,
 * the signal's reason, and what the database throws.
 */
export async function takeNew(fetching: Fetching): Promise<Result> {
  const place = placeOf(fetching.claim.address)
  return place.kind === 'url' ? takeUrl(fetching, place.url) : takeFolder(fetching, place.path)
}

async function takeUrl(fetching: Fetching, url: string): Promise<Result> {
  const { ctx, claim } = fetching
  const name = basename(new URL(url).pathname)
  const tracker = trackFetch(ctx, openingOf(fetching, sourceText(claim, name)))
  const list = await fetchList(fetching, url, tracker)
  if (list === undefined) return { isNew: false }
  const taken = await takeFetched(fetching, { ...list, name }, tracker).finally(list.remove)
  const isNew = taken.kind !== 'known' && !claim.isDryRun
  // After a dry run the list is fetched again for real.
  if (claim.isDryRun) return { isNew }
  return { isNew, validators: { ...list.validators, contentSha256: list.measured.sha256 } }
}

function openingOf({ claim }: Fetching, source: string) {
  const { registryId, id: sourceId, precedence, isDryRun } = claim
  return { registryId, source, sourceId, precedence, isDryRun }
}

async function fetchList(
  fetching: Fetching,
  url: string,
  { onOctets, stop }: FetchTracker,
): Promise<Downloaded | undefined> {
  const { ctx, claim, credentials, bytesMax, signal } = fetching
  try {
    const authorization = authorizationOf(claim.credentials, credentials)
    const known = claim.isDryRun ? { etag: null, lastModified: null } : claim
    const list = await download({ url, authorization, known, bytesMax, signal, onOctets })
    if (list === undefined) await stop()
    return list
  } catch (error) {
    const runId = await stop()
    const failure = failureOf(error, 'unreachable')
    if (signal.aborted && failure.code !== 'timed_out') {
      // Nobody fetches it any more, and that is no failure of the source.
      if (runId !== undefined) await forgetRun(ctx, runId)
      throw error
    }
    await recordFailure(fetching, failure, { source: url, runId })
    throw failure
  }
}

async function takeFetched(fetching: Fetching, file: ListFile, { stop }: FetchTracker): Promise<Taken> {
  const { ctx } = fetching
  try {
    const taken = await takeLogged(fetching, { ...file, endFetch: stop })
    const runId = await stop()
    if (taken.kind === 'known' && runId !== undefined) await forgetRun(ctx, runId)
    return taken
  } catch (error) {
    const runId = await stop()
    if (error instanceof SourceFailed)
      await recordFailure(fetching, error, { source: sourceText(fetching.claim, file.name), runId })
    else if (runId !== undefined) await failRun(ctx.db, runId, String(error), 'not_staged')
    throw error
  }
}

/**
 * A file that is no list is recorded, and stops neither the others nor the source: it is not looked at again until it changes. One that
 * could not be taken in for another reason is tried again; the first such failure is the source's.
 */
async function takeFolder(fetching: Fetching, path: string): Promise<Result> {
  const { signal, bytesMax, memory, claim } = fetching
  let isNew = false
  const failures: unknown[] = []
  try {
    for await (const list of changedLists(path, memory, { bytesMax, signal })) {
      try {
        const taken = await takeFile(fetching, list)
        isNew ||= taken !== undefined && taken.kind !== 'known'
        if (!claim.isDryRun) list.remember()
      } catch (error) {
        if (signal.aborted) throw error
        failures.push(error)
      }
    }
  } catch (error) {
    if (error instanceof SourceFailed) await recordFailure(fetching, error, { source: path })
    throw error
  }
  if (failures.length > 0) throw failures[0]
  return { isNew: isNew && !claim.isDryRun }
}

type LocalFile = Omit<ListFile, 'measured'> & { readonly measured: ListFile['measured'] | SourceFailed }

async function takeFile(fetching: Fetching, { measured, ...file }: LocalFile): Promise<Taken | undefined> {
  const source = sourceText(fetching.claim, file.name)
  try {
    if (measured instanceof SourceFailed) throw measured
    return await takeLogged(fetching, { ...file, measured })
  } catch (error) {
    if (!(error instanceof SourceFailed)) throw error
    const refused = wideEvent(fetching.logger, 'list.refused')
    const runId = await recordFailure(fetching, error, { source, followsFailure: true })
    refused.add({ registry: fetching.claim.registryId, source, run: runId, code: error.code })
    refused.end()
    return undefined
  }
}

type Where = {
  readonly source: string
  readonly runId?: string | undefined
  /** Left out: whether the last try of the source failed. */
  readonly followsFailure?: boolean
}

function recordFailure(fetching: Fetching, error: SourceFailed, where: Where): Promise<string> {
  const { ctx, claim } = fetching
  const { source, runId, followsFailure = claim.failures > 0 } = where
  const { code, message: failure, excerpt } = error
  const opening = openingOf(fetching, source)
  return recordFailedTry(ctx, { ...opening, code, failure, excerpt, runId, followsFailure })
}

const eventNames = {
  published: 'list.published',
  quarantined: 'list.quarantined',
  compared: 'list.compared',
  observed: 'list.observed',
  outdated: 'list.outdated',
  publishing: 'list.left_to_another_worker',
} as const satisfies Record<Exclude<Taken['kind'], 'known'>, string>

/** One event for each list that was read; one that was known already is not worth a line. */
async function takeLogged(fetching: Fetching, file: ListFile): Promise<Taken> {
  const { claim, logger } = fetching
  const startedMs = performance.now()
  const taken = await takeList(fetching, file)
  if (taken.kind === 'known') return taken
  const { kind, ...counts } = taken
  const event = wideEvent(logger, eventNames[kind], durationFrom(startedMs))
  event.add({ registry: claim.registryId, source: claim.address, list: file.name, ...counts })
  event.end()
  return taken
}

/** A clock whose first reading is `startedMs`: what the event is called is known at its end. */
function durationFrom(startedMs: number): () => number {
  let isFirst = true
  return () => {
    const now = isFirst ? startedMs : performance.now()
    isFirst = false
    return now
  }
}
