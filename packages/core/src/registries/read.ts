import { type ContactRole, isContactRole } from '@droplock/rules/contacts'
import { Refusal } from '@droplock/rules/refusals'
import { type ContractLimits, RealAndSimulatedMixed, type RegistryHost } from '@droplock/rules/registries'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type Context, requirePermission, type StaffContext } from '../context.ts'
import type { Database, RegistryAccountTable } from '../database/tables.gen.ts'
import { isLive } from '../is-listed.ts'

/** How many registry accounts are real and how many simulated; it decides which payment provider may be used. */
export async function countRegistryAccounts(
  ctx: Context,
): Promise<{ readonly real: number; readonly simulated: number }> {
  const rows = await ctx.db
    .selectFrom('registry_account')
    .select((eb) => ['is_simulator', eb.fn.countAll<bigint>().as('accounts')])
    .groupBy('is_simulator')
    .execute()
  const countOf = (simulator: boolean) =>
    Number(rows.find((row) => row.is_simulator === simulator)?.accounts ?? 0n)
  return { real: countOf(false), simulated: countOf(true) }
}

/** The ids of the registry accounts that are not simulated. */
export async function listRealRegistryAccounts(ctx: Context): Promise<readonly string[]> {
  const accounts = await ctx.db
    .selectFrom('registry_account')
    .select('id')
    .where('is_simulator', '=', false)
    .orderBy('id')
    .execute()
  return accounts.map((account) => account.id)
}

type RegistryView = { readonly id: string; readonly zones: readonly string[] }

/** All registries with the zones they serve, disabled ones too. Throws Refusal('forbidden'). */
export async function listRegistries(ctx: StaffContext): Promise<readonly RegistryView[]> {
  requirePermission(ctx, 'console:read')
  const registries = await ctx.db.selectFrom('registry').select('id').orderBy('id').execute()
  const zones = await ctx.db.selectFrom('zone').select(['name', 'registry_id']).orderBy('name').execute()
  const byRegistry = Map.groupBy(zones, (zone) => zone.registry_id)
  return registries.map(({ id }) => ({ id, zones: (byRegistry.get(id) ?? []).map(({ name }) => name) }))
}

/**
 * When creates of a registry account failed within the last 24 hours (ambiguous ones count): the newest, up to its budget. With as
 * many as that, the budget is spent until the oldest of them is a day old. What an earlier holder of the lease had reserved and is not
 * recorded counts as failed now: it may have been sent by a process that was lost with its evidence.
 */
export async function readFailedCreates(
  ctx: Context,
  accountId: string,
  budget: number,
): Promise<readonly Date[]> {
  const { rows } = await sql<{ at: Date }>`
    with failed as not materialized (
      select sent_at from catch_attempt
      where registry_account_id = ${accountId} and command = 'create' and (code is null or code >= 2000)
    ), unrecorded as (
      select failures_reserved
        - (select count(*) from failed where sent_at > failures_reserved_at - interval '24 hours') as count
      from registry_account
      where id = ${accountId} and failures_reserved_at > clock_timestamp() - interval '24 hours'
    )
    select clock_timestamp() as at from unrecorded, generate_series(1, least(unrecorded.count, ${budget}))
    union all
    (select sent_at from failed where sent_at > clock_timestamp() - interval '24 hours' order by sent_at desc limit ${budget})
    order by at desc limit ${budget}`.execute(ctx.db)
  return rows.map(({ at }) => at)
}

/** A zone with names that drop soon, and what a create in it must carry. */
export type ComingZone = {
  readonly zone: string
  readonly firstDropAt: Date
  readonly mayHavePremium: boolean
  readonly contactRoles: readonly ContactRole[]
}

/** The registry's zones with live listings whose window starts within `leadMs` or has started, however long ago. */
export async function findComingZones(
  ctx: Context,
  registryId: string,
  leadMs: number,
): Promise<readonly ComingZone[]> {
  const { rows } = await sql<Omit<ComingZone, 'contactRoles'> & { contactRoles: readonly string[] }>`
    select zone.name as zone, first_drop_at as "firstDropAt", may_have_premium as "mayHavePremium",
      contact_roles as "contactRoles"
    from zone cross join lateral (
      select min(drop_from) as first_drop_at from listing
      where listing.zone = zone.name and ${isLive}) as coming
    where registry_id = ${registryId}
      and first_drop_at <= statement_timestamp() + ${leadMs} * interval '1 millisecond'
    order by zone.name`.execute(ctx.db)
  return rows.map((row) => ({ ...row, contactRoles: row.contactRoles.filter(isContactRole) }))
}

/**
 * A registry account: the registry's profile, the limits of the contract, its hosts, and the clIDs of all our accounts at that
 * registry. Throws where there is no such account.
 */
export async function getRegistryAccount({ db }: Pick<Context, 'db'>, id: string) {
  const account = await db
    .selectFrom('registry_account')
    .innerJoin('registry', 'registry.id', 'registry_account.registry_id')
    .selectAll('registry_account')
    .select(['registry.profile', 'registry.version'])
    .where('registry_account.id', '=', id)
    .executeTakeFirstOrThrow(() => new Error(`no registry account ${id}`))
  // One query at a time: `db` may be a transaction, which has one connection.
  const ours = await readOurAccounts({ db }, account.registry_id)
  const hosts = await db
    .selectFrom('registry_host')
    .selectAll()
    .where('registry_account_id', '=', id)
    .orderBy('position')
    .execute()
  const hostsFor = (wanted: string) => hosts.filter(({ phase }) => phase === wanted).map(hostOf)
  return {
    id,
    registryId: account.registry_id,
    profile: account.profile,
    version: account.version,
    clid: account.clid,
    isSimulator: account.is_simulator,
    ours,
    limits: contractOf(account),
    hosts: hostsFor('everyday'),
    dropHosts: hostsFor('drop'),
    sourceAddress: account.source_address,
    clientCertificate: account.client_certificate,
    passwordName: account.password_name,
  }
}

/** Our accounts at a registry: the id of each by its clID. */
export type OurAccounts = ReadonlyMap<string, string>

export async function readOurAccounts({ db }: Pick<Context, 'db'>, registryId: string): Promise<OurAccounts> {
  const accounts = await db
    .selectFrom('registry_account')
    .select(['id', 'clid'])
    .where('registry_id', '=', registryId)
    .execute()
  return new Map(accounts.map(({ id, clid }) => [clid, id]))
}

export type RegistryAccountRow = Awaited<ReturnType<typeof getRegistryAccount>>

type HostRow = { readonly host: string; readonly port: number; readonly server_name: string | null }

function hostOf({ host, port, server_name }: HostRow): RegistryHost {
  return server_name === null ? { host, port } : { host, port, serverName: server_name }
}

/** The column of each contract limit. */
export const limitColumns = {
  sessionsMax: 'sessions_max',
  commandsPerSecondMax: 'commands_per_second_max',
  commandsPerMinuteMax: 'commands_per_minute_max',
  idleSecondsMax: 'idle_seconds_max',
  sessionLifeSecondsMax: 'session_life_seconds_max',
  sessionCommandsMax: 'session_commands_max',
  sessionGapMs: 'session_gap_ms',
  nameGapMs: 'name_gap_ms',
  loginPauseMs: 'login_pause_ms',
  errorPauseMs: 'error_pause_ms',
  failedCreatesPerDayMax: 'failed_creates_per_day_max',
  checksCountAsFailed: 'checks_count_as_failed',
  transitMsMax: 'transit_ms_max',
  commandsInFlightMax: 'commands_in_flight_max',
} as const satisfies Record<keyof ContractLimits, keyof RegistryAccountTable>

type LimitColumn = (typeof limitColumns)[keyof ContractLimits]

type LimitRow = Pick<RegistryAccountTable, LimitColumn>

/** A limit that is left out is null: then the profile's applies. */
export function limitRow(limits: ContractLimits): LimitRow {
  const values = Object.entries(limitColumns).map(([limit, column]) => [
    column,
    limits[limit as keyof ContractLimits] ?? null,
  ])
  return Object.fromEntries(values) as LimitRow
}

/** The limits of an account's contract; what is as in the profile is left out. */
export function contractOf(row: LimitRow): ContractLimits {
  const set = Object.entries(limitColumns).flatMap(([limit, column]) =>
    row[column] === null ? [] : [[limit, row[column]]],
  )
  return Object.fromEntries(set) as ContractLimits
}

/** Throws Refusal('registry_account_not_found'). */
export async function requireRegistryAccount(db: Kysely<Database>, id: string): Promise<void> {
  const account = await db.selectFrom('registry_account').select('id').where('id', '=', id).executeTakeFirst()
  if (account === undefined)
    throw new Refusal('registry_account_not_found', 'No such registry account.', { id })
}

/**
 * Throws RealAndSimulatedMixed where a real registry account would share the database with a simulated one, or with a payment of the
 * sandbox provider, which would buy real names. The servers check again when they start and while they run: see `openProvider`.
 */
export async function requireRealOrSimulated(tx: Transaction<Database>): Promise<void> {
  const { rows } = await sql<{ real: boolean; simulated: boolean; sandbox: boolean }>`
    select exists (select from registry_account where not is_simulator) as real,
      exists (select from registry_account where is_simulator) as simulated,
      exists (select from payment where provider = 'sandbox') as sandbox`.execute(tx)
  const { real = false, simulated = false, sandbox = false } = rows[0] ?? {}
  if (real && simulated) throw new RealAndSimulatedMixed('a real registry account beside a simulated one')
  if (real && sandbox)
    throw new RealAndSimulatedMixed('a real registry account where the sandbox has taken a payment')
}
