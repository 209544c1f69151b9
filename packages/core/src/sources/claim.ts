import type { SourceFailure } from '@droplock/rules/list-sources'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { type ListSource, toSource } from './internal.ts'

/** A source that one worker fetches now. The validators go with the request (RFC 9110 §13.1). */
export type SourceClaim = ListSource & {
  readonly token: string
  readonly etag: string | null
  readonly lastModified: string | null
  /** Failed tries in a row. */
  readonly failures: number
  /** An operator asked to see what the list would change. Null: it was due, or is to be fetched as if it were. */
  readonly isDryRun: boolean
}

/**
 * Claims the source that has been due for the longest, so that one of all workers fetches it; undefined where none is due. Rows are
 * read anew each time: a source that was added, changed or disabled counts from the next claim on. After `claimMs` without
 * `renewSource` another worker may claim it.
 */
export async function claimDueSource(ctx: Context, claimMs: number): Promise<SourceClaim | undefined> {
  const token = ctx.newId()
  const row = await ctx.db
    .updateTable('list_source')
    .set({
      claimed_by: token,
      claimed_until: sql`clock_timestamp() + ${claimMs} * interval '1 millisecond'`,
    })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('list_source')
        .select('id')
        .where('enabled', '=', true)
        .where(sql<boolean>`(claimed_until is null or claimed_until <= statement_timestamp())`)
        .where(sql<boolean>`(requested is not null or next_try_at <= statement_timestamp())`)
        .orderBy(sql`requested is null`)
        .orderBy('next_try_at')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst()
  return (
    row && {
      ...toSource(row),
      token,
      etag: row.etag,
      lastModified: row.last_modified,
      failures: row.failures,
      isDryRun: row.requested === 'dry_run',
    }
  )
}

/** Extends the claim by `claimMs`. False where the source was disabled, or the claim had lapsed and another worker has it. */
export async function renewSource(ctx: Context, claim: SourceClaim, claimMs: number): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('list_source')
    .set({ claimed_until: sql`clock_timestamp() + ${claimMs} * interval '1 millisecond'` })
    .where('id', '=', claim.id)
    .where('claimed_by', '=', claim.token)
    .where('enabled', '=', true)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

type ReleaseSource = {
  /** How long until the next try. Milliseconds. */
  readonly nextTryMs: number
} & (
  | {
      readonly outcome: 'read'
      /** Of the list that was read; left out after a dry run, so that the list is fetched again for real. */
      readonly validators?:
        | {
            readonly etag: string | null
            readonly lastModified: string | null
            readonly contentSha256: Uint8Array | null
          }
        | undefined
      /** Whether there was a list that had not been read before. */
      readonly isNew: boolean
    }
  | { readonly outcome: 'failed'; readonly code: SourceFailure; readonly reason: string }
  /** The worker stops: the source is as it was, for the next one. */
  | { readonly outcome: 'returned' }
)

/** Enough to say what went wrong; the log has the rest. Characters. */
const REASON_CHARACTERS_MAX = 500

/**
 * Releases a source until its next try and records the result of this one. False where the claim had lapsed and another worker has
 * the source; nothing is written then.
 */
export async function releaseSource(
  ctx: Context,
  claim: SourceClaim,
  release: ReleaseSource,
): Promise<boolean> {
  const isDone = release.outcome !== 'returned'
  const { numUpdatedRows } = await ctx.db
    .updateTable('list_source')
    .set({
      claimed_by: null,
      claimed_until: null,
      next_try_at: sql`clock_timestamp() + ${release.nextTryMs} * interval '1 millisecond'`,
      // What was requested meanwhile is done next.
      ...(isDone && {
        tried_at: sql<Date>`clock_timestamp()`,
        requested: sql<null>`case when requested is distinct from ${claim.isDryRun ? 'dry_run' : 'list'} then requested end`,
      }),
      ...resultOf(release),
    })
    .where('id', '=', claim.id)
    .where('claimed_by', '=', claim.token)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function resultOf(release: ReleaseSource) {
  if (release.outcome === 'returned') return {}
  if (release.outcome === 'failed') {
    const failure = release.reason.slice(0, REASON_CHARACTERS_MAX)
    return { failures: sql<number>`failures + 1`, failure_code: release.code, failure }
  }
  const { validators, isNew } = release
  return {
    good_at: sql<Date>`clock_timestamp()`,
    failures: 0,
    failure_code: null,
    failure: null,
    ...(isNew && { list_at: sql<Date>`clock_timestamp()` }),
    ...(validators !== undefined && {
      etag: validators.etag,
      last_modified: validators.lastModified,
      // A 304 says that the list is the one known already.
      ...(validators.contentSha256 !== null && { content_sha256: Buffer.from(validators.contentSha256) }),
    }),
  }
}
