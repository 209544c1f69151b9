import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import type { RaiseAlarm } from '../alarms/raise.ts'
import { type Context, type OperatorContext, requirePermission } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'

/** A stop of a registry, from when no create is sent there until it has ended. */
export type RegistryStop = {
  readonly id: string
  readonly registryId: string
  readonly reason: string
  readonly stoppedAt: Date
  readonly stoppedBy: string
  /** What two people decided, where names that were paid for were in their window. */
  readonly proposalId: string | null
  readonly endedAt: Date | null
  readonly endedBy: string | null
  readonly endReason: string | null
}

const columns = [
  'id',
  'registry_id as registryId',
  'reason',
  'stopped_at as stoppedAt',
  'stopped_by as stoppedBy',
  'proposal_id as proposalId',
  'ended_at as endedAt',
  'ended_by as endedBy',
  'end_reason as endReason',
] as const

/** The open stop of a registry, which its catchers follow. */
export async function readOpenStop(
  { db }: Pick<Context, 'db'>,
  registryId: string,
): Promise<RegistryStop | undefined> {
  return db
    .selectFrom('registry_stop')
    .select(columns)
    .where('registry_id', '=', registryId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
}

/** The open stops, as alarms `registry_stopped`: one that a person closes is raised again while its registry is stopped. */
export async function findStoppedRegistries({ db }: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const stops = await db.selectFrom('registry_stop').select(columns).where('ended_at', 'is', null).execute()
  return stops.map(({ registryId, reason, stoppedBy }) => ({
    subject: registryId,
    facts: { reason, stoppedBy },
  }))
}

/** The latest stop of a registry, open or ended. Throws Refusal: forbidden, registry_not_stopped. */
export async function getLatestStop(ctx: OperatorContext, registryId: string): Promise<RegistryStop> {
  requirePermission(ctx, 'console:read')
  const stop = await ctx.db
    .selectFrom('registry_stop')
    .select(columns)
    .where('registry_id', '=', registryId)
    .orderBy('stopped_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (stop === undefined)
    throw new Refusal('registry_not_stopped', 'This registry was never stopped.', { id: registryId })
  return stop
}

/** Stops of registries, the open ones first, then the newest. Throws Refusal('forbidden'). */
export async function listStops(ctx: OperatorContext, paging: Paging): Promise<Listed<RegistryStop>> {
  requirePermission(ctx, 'console:read')
  const newest = ctx.db
    .selectFrom('registry_stop')
    .select(columns)
    .orderBy(sql`ended_at is null`, 'desc')
    .orderBy('stopped_at', 'desc')
    .orderBy('id', 'desc')
  return readListed(ctx.db, newest, paging, (row): RegistryStop => row)
}
