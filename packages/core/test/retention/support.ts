import type { RetentionKind } from '@droplock/rules/retention'
import { sql } from 'kysely'
import type { Context } from '../../src/context.ts'
import { type Attempt, recordAttempts } from '../../src/targets/record.ts'
import { givenDecided } from '../support/held.ts'
import { REGISTRY_ACCOUNT } from '../support/world.ts'

export const DAYS = 90

function attemptAt(clTRID: string, sentAt: Date, code = 2302): Attempt {
  return {
    clTRID,
    targetId: '',
    registryAccountId: REGISTRY_ACCOUNT,
    command: 'create',
    sentAt,
    answeredAt: new Date(sentAt.getTime() + 2),
    roundTripUs: 2_345,
    outcome: 'answered',
    code,
    message: null,
    svTRID: `SV-${clTRID}`,
  }
}

/** A decided name with attempts a millisecond apart, `DL-0` and so on; the last but one decided it. */
export async function givenTried(ctx: Context, count: number, outcome: 'registered' | 'lost' = 'lost') {
  const code = outcome === 'registered' ? 1000 : 2302
  const decided = await givenDecided(ctx, outcome, (armedAt) =>
    Array.from({ length: count - 1 }, (_, index) => {
      const sentAt = new Date(armedAt.getTime() + index)
      return attemptAt(`DL-${index}`, sentAt, index === count - 2 ? code : 2302)
    }),
  )
  const late = attemptAt(`DL-${count - 1}`, new Date(decided.armedAt.getTime() + count - 1))
  await recordAttempts(ctx.db, [{ ...late, targetId: decided.targetId }])
  return decided
}

/** Moves all decisions to `days` ago. */
export async function passDays(ctx: Context, days: number): Promise<void> {
  await sql`update catch_target set decided_at = decided_at - make_interval(days => ${days})`.execute(ctx.db)
}

export async function keptAttempts(ctx: Context): Promise<readonly string[]> {
  const rows = await ctx.db.selectFrom('catch_attempt').select('cltrid').orderBy('sent_at').execute()
  return rows.map(({ cltrid }) => cltrid)
}

export const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

/** How a row of a kind is made whose time began some days ago. */
export type Simple = readonly [
  kind: RetentionKind,
  table: string,
  insert: (ctx: Context, days: number) => Promise<unknown>,
]
