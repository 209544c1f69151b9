import { accountClosed, accountSuspended, isScope, type Scope } from '@droplock/rules/accounts'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import { changeWithAudit } from './audit/change.ts'
import { recordAudit } from './audit/record.ts'
import {
  type AccountActor,
  type AccountContext,
  type Context,
  type OperatorContext,
  requirePermission,
  requireScope,
} from './context.ts'
import { compileOnce } from './database/compile-once.ts'
import { readShortly } from './database/connect.ts'
import { violated } from './database/errors.ts'
import { type Listed, type Paging, readListed } from './database/page.ts'
import type { Database } from './database/tables.gen.ts'
import { databaseTime } from './database/time.ts'
import { inTransaction } from './database/transaction.ts'

type IssueApiKey = {
  readonly accountId: string
  readonly label: string
  readonly scopes: readonly Scope[]
  /** When it is refused from; left out: never. */
  readonly expiresAt?: Date | undefined
  /** The networks (CIDR) from which alone it is accepted; left out: from anywhere. */
  readonly allowedAddresses?: readonly string[] | undefined
  /** It acts for this sub-account alone. */
  readonly subAccountId?: string | undefined
  /** SHA-256 of the whole key. The key itself is made by the caller, shown once, and never comes here. */
  readonly keySha256: Uint8Array
}

/**
 * Issues an API key to an account. Returns the key's id. Throws Refusal: forbidden, account_not_found, account_closed, invalid_period,
 * sub_account_not_found.
 */
export async function issueApiKey(ctx: OperatorContext, key: IssueApiKey): Promise<string> {
  requirePermission(ctx, 'resellers:manage')
  const id = ctx.newId()
  const { accountId, label, scopes, expiresAt, allowedAddresses, subAccountId } = key
  await inTransaction(ctx.db, async (tx) => {
    const account = await tx
      .selectFrom('account')
      .select(['name', 'closed_at'])
      .where('id', '=', accountId)
      .executeTakeFirst()
    if (account === undefined) throw new Refusal('account_not_found', 'No such account.', { id: accountId })
    if (account.closed_at !== null) throw accountClosed()
    if (expiresAt !== undefined && expiresAt <= (await databaseTime(tx)))
      throw new Refusal('invalid_period', '`expires_at` is past.')
    const limits = {
      expires_at: expiresAt ?? null,
      allowed_addresses: allowedAddresses === undefined ? null : [...allowedAddresses],
      sub_account_id: subAccountId ?? null,
    }
    await tx
      .insertInto('api_key')
      .values({
        id,
        account_id: accountId,
        label,
        scopes: [...scopes],
        key_sha256: Buffer.from(key.keySha256),
        ...limits,
      })
      .execute()
      .catch(orRefuse(subAccountId))
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'api_key.issued',
      subjectType: 'api_key',
      subjectId: id,
      after: { account_id: accountId, name: account.name, label, scopes, ...limits },
    })
  })
  return id
}

function orRefuse(subAccountId: string | undefined) {
  return (error: unknown): never => {
    if (violated(error, 'key_is_of_own_sub_account'))
      throw new Refusal('sub_account_not_found', 'No such sub-account.', { id: subAccountId ?? null })
    if (violated(error, 'closed_account_gets_no_key')) throw accountClosed()
    throw error
  }
}

// For statements that read `api_key` and its `account`. A closed account is disabled too (`closed_account_is_disabled`).

/** Whether a key is refused as if there were none. */
const isGone = sql<boolean>`(api_key.revoked_at is not null or account.closed_at is not null
  or coalesce(api_key.expires_at <= clock_timestamp(), false))`

/** Whether its account is suspended, which is refused with a code of its own. */
const isSuspended = sql<boolean>`(account.disabled_at is not null and account.closed_at is null)`

/** Whether a key is refused for any of these. */
const isDisabled = sql<boolean>`(${isGone} or ${isSuspended})`

const usableKey = compileOnce((db, { keySha256 }: { readonly keySha256: Buffer }) =>
  db
    .selectFrom('api_key')
    .innerJoin('account', 'account.id', 'api_key.account_id')
    .select(['api_key.id', 'account_id', 'scopes', 'account.currency', 'allowed_addresses', 'sub_account_id'])
    .select('session_id')
    .select(isSuspended.as('suspended'))
    .where('key_sha256', '=', keySha256)
    .where(({ not }) => not(isGone))
    .compile(),
)

/**
 * The account behind an API key's SHA-256, or undefined for a key that is unknown, revoked or expired, or whose account is closed. Throws
 * Refusal('account_suspended').
 */
export async function authenticateApiKey(
  ctx: Context,
  keySha256: Uint8Array,
): Promise<AccountActor | undefined> {
  const [key] = await readShortly(ctx.db, usableKey(ctx.db, { keySha256: Buffer.from(keySha256) }))
  if (key === undefined) return undefined
  if (key.suspended) throw accountSuspended()
  return toActor(key)
}

type KeyRow = {
  readonly id: string
  readonly account_id: string
  readonly scopes: readonly string[]
  readonly currency: string
  readonly allowed_addresses: readonly string[] | null
  readonly sub_account_id: string | null
  readonly session_id: string | null
}

function toActor(key: KeyRow): AccountActor {
  return {
    kind: 'account',
    accountId: key.account_id,
    keyId: key.id,
    scopes: key.scopes.filter(isScope),
    currency: key.currency,
    ...(key.allowed_addresses !== null && { allowedAddresses: key.allowed_addresses }),
    ...(key.sub_account_id !== null && { subAccountId: key.sub_account_id }),
    ...(key.session_id !== null && { ofSession: true }),
  }
}

/**
 * A key that may be used, by its id, with its SHA-256: of what is derived from a key. Undefined where it may not. Throws
 * Refusal('account_suspended').
 */
export async function findApiKey(
  { db }: Pick<Context, 'db'>,
  keyId: string,
): Promise<{ readonly actor: AccountActor; readonly keySha256: Buffer } | undefined> {
  const key = await db
    .selectFrom('api_key')
    .innerJoin('account', 'account.id', 'api_key.account_id')
    .select([
      'api_key.id',
      'account_id',
      'scopes',
      'account.currency',
      'allowed_addresses',
      'sub_account_id',
      'session_id',
      'key_sha256',
    ])
    .select(isSuspended.as('suspended'))
    .where('api_key.id', '=', keyId)
    .where(({ not }) => not(isGone))
    .executeTakeFirst()
  if (key === undefined) return undefined
  if (key.suspended) throw accountSuspended()
  return { actor: toActor(key), keySha256: key.key_sha256 }
}

/** Who acts with a key that may be used, by its id: of work that goes on after the request. Undefined where it may not. */
export async function findActor(ctx: Pick<Context, 'db'>, keyId: string): Promise<AccountActor | undefined> {
  return (await findActors(ctx, [keyId])).get(keyId)
}

/** The same for several keys, by their ids; those that may not be used are absent. */
export async function findActors(
  { db }: Pick<Context, 'db'>,
  keyIds: readonly string[],
): Promise<ReadonlyMap<string, AccountActor>> {
  const { rows } = await sql<KeyRow>`
    select api_key.id, account_id, scopes, account.currency, allowed_addresses, sub_account_id, session_id
    from api_key join account on account.id = account_id
    where api_key.id = any (${[...keyIds]}::uuid[]) and not ${isDisabled}`.execute(db)
  return new Map(rows.map((key) => [key.id, toActor(key)]))
}

/** The SHA-256 of the caller's own key. Throws Refusal: insufficient_scope, unauthenticated. */
export async function readOwnKey(ctx: AccountContext): Promise<Buffer> {
  requireScope(ctx, 'listings:read')
  const key = await findApiKey(ctx, ctx.actor.keyId)
  if (key === undefined) throw keyRevoked()
  return key.keySha256
}

/** Whether a key is revoked or its account disabled, as a condition of any statement. */
export function isRevoked(keyId: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from api_key join account on account.id = api_key.account_id
    where api_key.id = ${keyId} and ${isDisabled})`
}

/** The refusal of a request with a revoked key. */
export function keyRevoked(): Refusal {
  return new Refusal('unauthenticated', 'The API key is unknown or revoked, or its account is disabled.')
}

/** Throws Refusal('unauthenticated') where the caller's key was revoked while it waited for a lock: call it with that lock. */
export async function requireNotRevoked(tx: Transaction<Database>, keyId: string): Promise<void> {
  const { rows } = await sql<{ revoked: boolean }>`select ${isRevoked(keyId)} as revoked`.execute(tx)
  if (rows[0]?.revoked === true) throw keyRevoked()
}

/** A key as operators see it, without the key itself, of which only the hash is stored. */
type ApiKeyView = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly label: string
  readonly scopes: readonly Scope[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly allowedAddresses: readonly string[] | null
  /** ISO 8601, UTC. */
  readonly lastUsedOn: string | null
  /** The label of the sub-account for which alone it acts. */
  readonly subAccount: string | null
  readonly revokedAt: Date | null
}

type ListApiKeys = Paging & { readonly accountId?: string }

/** API keys, the newest first, revoked ones too. Throws Refusal('forbidden'). */
export async function listApiKeys(ctx: OperatorContext, query: ListApiKeys): Promise<Listed<ApiKeyView>> {
  requirePermission(ctx, 'keys:revoke')
  let matching = ctx.db
    .selectFrom('api_key')
    .innerJoin('account', 'account.id', 'api_key.account_id')
    .leftJoin('sub_account', 'sub_account.id', 'api_key.sub_account_id')
    .select(['api_key.id', 'api_key.account_id', 'account.name', 'api_key.label', 'scopes'])
    .select(['api_key.created_at', 'revoked_at', 'expires_at', 'allowed_addresses', 'last_used_on'])
    .select('sub_account.label as sub_account')
  if (query.accountId !== undefined) matching = matching.where('api_key.account_id', '=', query.accountId)
  // Those of people's sessions come and go by themselves.
  matching = matching.where('api_key.session_id', 'is', null)
  return readListed(ctx.db, matching.orderBy('api_key.id', 'desc'), query, (row) => ({
    id: row.id,
    accountId: row.account_id,
    accountName: row.name,
    label: row.label,
    scopes: row.scopes.filter(isScope),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    allowedAddresses: row.allowed_addresses,
    lastUsedOn: row.last_used_on,
    subAccount: row.sub_account,
    revokedAt: row.revoked_at,
  }))
}

/** Notified when a key, or all keys of an account, are refused or accepted again: gateways remember them for a moment. */
export const KEYS_CHANNEL = 'droplock_keys'

/** Has every gateway look every key up again, as soon as the transaction is committed. */
export async function notifyKeysChanged(tx: Transaction<Database>): Promise<void> {
  await sql`select pg_notify(${KEYS_CHANNEL}, '')`.execute(tx)
}

type RevokeApiKey = { readonly keyId: string; readonly reason: string }

/**
 * Revokes a key, for good and at once: every gateway is notified, and an order looks at the key's row under its lock. Doing it again
 * changes nothing.
 * Throws Refusal: forbidden, reason_required, api_key_not_found, try_again.
 */
export async function revokeApiKey(ctx: OperatorContext, command: RevokeApiKey): Promise<void> {
  const { keyId: id, reason } = command
  const change = { permission: 'keys:revoke', subject: ['api_key', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const key = await tx
      .selectFrom('api_key')
      .select(['account_id', 'label', 'revoked_at'])
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (key === undefined) throw new Refusal('api_key_not_found', 'No such API key.', { id })
    if (key.revoked_at !== null) return undefined
    const now = await databaseTime(tx)
    await tx.updateTable('api_key').set({ revoked_at: now }).where('id', '=', id).execute()
    await notifyKeysChanged(tx)
    return {
      action: 'api_key.revoked',
      before: { account_id: key.account_id, label: key.label },
      after: { revoked_at: now },
    }
  })
}
