import { isScope, type Scope } from '@droplock/rules/accounts'
import { decidePrecondition, type Precondition } from '@droplock/rules/preconditions'
import { Refusal } from '@droplock/rules/refusals'
import { type Selectable, sql, type Transaction } from 'kysely'
import { notifyKeysChanged } from './api-keys.ts'
import { type AccountContext, requireScope } from './context.ts'
import { violated } from './database/errors.ts'
import { type Page, requireCursor, toPage } from './database/page.ts'
import type { ApiKeyTable, Database } from './database/tables.gen.ts'
import { databaseTime } from './database/time.ts'
import { inTransaction } from './database/transaction.ts'
import { lockAccount } from './locks.ts'
import { noSubAccount, ofSubAccount } from './own-orders.ts'

/** Keys of an account that are neither revoked nor expired. More than one for each of its systems and people is a leak. */
const KEYS_MAX = 100

/** A rotated key may go on for so long, until all its users have the new one. Seconds. */
export const OVERLAP_SECONDS_MAX = 7 * 86_400

/** A key as its account sees it; the key itself is stored nowhere. */
export type AccountKey = {
  readonly id: string
  readonly label: string
  readonly scopes: readonly Scope[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly allowedAddresses: readonly string[] | null
  /** ISO 8601, UTC. */
  readonly lastUsedOn: string | null
  readonly revokedAt: Date | null
  readonly replacesId: string | null
  readonly subAccountId: string | null
  /** The key of this request. */
  readonly current: boolean
  /** Raised by each edit. */
  readonly version: number
}

/** The keys that an account made; those of its people's sessions are no keys of it. */
function selectKeys({ db, actor }: AccountContext) {
  const keys = db
    .selectFrom('api_key')
    .selectAll()
    .where('account_id', '=', actor.accountId)
    .where('session_id', 'is', null)
  return actor.subAccountId === undefined ? keys : keys.where('sub_account_id', '=', actor.subAccountId)
}

const toAccountKey =
  ({ actor }: AccountContext) =>
  (row: Selectable<ApiKeyTable>): AccountKey => ({
    id: row.id,
    label: row.label,
    scopes: row.scopes.filter(isScope),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    allowedAddresses: row.allowed_addresses,
    lastUsedOn: row.last_used_on,
    revokedAt: row.revoked_at,
    replacesId: row.replaces,
    subAccountId: row.sub_account_id,
    current: row.id === actor.keyId,
    version: row.version,
  })

/** The account's keys, newest first, revoked ones too. Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listAccountKeys(
  ctx: AccountContext,
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<Page<AccountKey>> {
  requireScope(ctx, 'keys:manage')
  let select = selectKeys(ctx)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) {
    await requireCursor(selectKeys(ctx).where('id', '=', after))
    select = select.where('id', '<', after)
  }
  return toPage((await select.execute()).map(toAccountKey(ctx)), limit, ({ id }) => id)
}

/** One of the account's keys. Throws Refusal: insufficient_scope, api_key_not_found. */
export async function getAccountKey(ctx: AccountContext, id: string): Promise<AccountKey> {
  requireScope(ctx, 'keys:manage')
  const row = await selectKeys(ctx).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound(id)
  return toAccountKey(ctx)(row)
}

/** What a key may do, and from when and where. */
type KeyTerms = {
  readonly label: string
  readonly scopes: readonly Scope[]
  readonly subAccountId?: string | undefined
  readonly expiresAt?: Date | null | undefined
  readonly allowedAddresses?: readonly string[] | null | undefined
}

/** SHA-256 of the whole key. The key itself is made by the caller, shown once, and never comes here. */
type Secret = { readonly keySha256: Uint8Array }

/**
 * Makes a key of the account. It never grants more than the caller's own: no other scopes, no longer, from no other addresses; where
 * the caller's key is limited and nothing is said, the new key has the same limit. Throws Refusal: insufficient_scope,
 * key_exceeds_own, api_key_limit_reached, invalid_period, sub_account_not_found.
 */
export async function makeAccountKey(ctx: AccountContext, key: KeyTerms & Secret): Promise<AccountKey> {
  requireScope(ctx, 'keys:manage')
  return inTransaction(ctx.db, async (tx) => {
    await requireRoom(tx, ctx)
    const terms = await withinOwn(tx, ctx, key)
    const { subAccountId } = ofSubAccount(ctx, key)
    return insertKey(tx, ctx, { ...terms, keySha256: key.keySha256, subAccountId })
  })
}

type ChangeKey = {
  readonly id: string
  readonly label?: string | undefined
  readonly expiresAt?: Date | null | undefined
  readonly allowedAddresses?: readonly string[] | null | undefined
  readonly precondition: Precondition
}

/**
 * Changes a key; what is left out stays. Scopes never change. Throws Refusal: insufficient_scope, api_key_not_found, api_key_revoked,
 * key_exceeds_own, invalid_period, precondition_failed.
 */
export async function changeAccountKey(ctx: AccountContext, change: ChangeKey): Promise<AccountKey> {
  requireScope(ctx, 'keys:manage')
  return inTransaction(ctx.db, async (tx) => {
    const key = await lockKey(tx, ctx, change.id)
    decidePrecondition(change.precondition, key.version)
    const { scopes } = toAccountKey(ctx)(key)
    const terms = await withinOwn(tx, ctx, {
      label: change.label ?? key.label,
      scopes,
      expiresAt: change.expiresAt === undefined ? key.expires_at : change.expiresAt,
      allowedAddresses:
        change.allowedAddresses === undefined ? key.allowed_addresses : change.allowedAddresses,
    })
    const row = await tx
      .updateTable('api_key')
      .set({
        label: terms.label,
        expires_at: terms.expiresAt,
        allowed_addresses: mutable(terms.allowedAddresses),
        version: key.version + 1,
      })
      .where('id', '=', key.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await notifyKeysChanged(tx)
    return toAccountKey(ctx)(row)
  })
}

/**
 * Makes a new key with the terms of another, which is accepted for `overlapSeconds` more, at most `OVERLAP_SECONDS_MAX`. A key is
 * rotated once. Throws Refusal: insufficient_scope, api_key_not_found, api_key_revoked, key_exceeds_own, api_key_limit_reached.
 */
export async function rotateAccountKey(
  ctx: AccountContext,
  { id, overlapSeconds, keySha256 }: Secret & { readonly id: string; readonly overlapSeconds: number },
): Promise<AccountKey> {
  requireScope(ctx, 'keys:manage')
  return inTransaction(ctx.db, async (tx) => {
    await requireRoom(tx, ctx)
    const key = await lockKey(tx, ctx, id)
    const { label, scopes, expiresAt, allowedAddresses, subAccountId } = toAccountKey(ctx)(key)
    const terms = await withinOwn(tx, ctx, { label, scopes, expiresAt, allowedAddresses })
    const replaced = await tx.selectFrom('api_key').select('id').where('replaces', '=', id).executeTakeFirst()
    if (replaced !== undefined)
      throw new Refusal('api_key_revoked', 'This key was rotated already.', { replaced_by: replaced.id })
    await sql`update api_key
      set expires_at = least(expires_at, clock_timestamp() + ${overlapSeconds} * interval '1 second'), version = version + 1 where id = ${id}`.execute(
      tx,
    )
    await notifyKeysChanged(tx)
    return insertKey(tx, ctx, { ...terms, keySha256, replaces: id, subAccountId: subAccountId ?? undefined })
  })
}

/** Revokes a key, for good and at once. Doing it again changes nothing. Throws Refusal: insufficient_scope, api_key_not_found. */
export async function revokeAccountKey(ctx: AccountContext, id: string): Promise<AccountKey> {
  requireScope(ctx, 'keys:manage')
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<Selectable<ApiKeyTable>>`
      update api_key set revoked_at = coalesce(revoked_at, clock_timestamp())
      where id = ${id} and account_id = ${ctx.actor.accountId}
        and sub_account_id is not distinct from coalesce(${ctx.actor.subAccountId ?? null}::uuid, sub_account_id) returning *`.execute(
      tx,
    )
    const row = rows[0]
    if (row === undefined) throw notFound(id)
    await notifyKeysChanged(tx)
    return toAccountKey(ctx)(row)
  })
}

/** A key that can still be used, locked. */
async function lockKey(
  tx: Transaction<Database>,
  ctx: AccountContext,
  id: string,
): Promise<Selectable<ApiKeyTable>> {
  const key = await selectKeys({ ...ctx, db: tx })
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (key === undefined) throw notFound(id)
  const now = await databaseTime(tx)
  if (key.revoked_at === null && (key.expires_at === null || key.expires_at > now)) return key
  throw new Refusal('api_key_revoked', 'This key is revoked or has expired.')
}

/** Locks the account, so that simultaneous requests cannot exceed the limit together. */
async function requireRoom(tx: Transaction<Database>, { actor }: AccountContext): Promise<void> {
  await lockAccount(tx, actor.accountId)
  const { rows } = await sql<{ keys: bigint }>`select count(*) as keys from api_key
    where account_id = ${actor.accountId} and session_id is null and revoked_at is null
      and (expires_at is null or expires_at > clock_timestamp())`.execute(tx)
  if ((rows[0]?.keys ?? 0n) < KEYS_MAX) return
  throw new Refusal('api_key_limit_reached', 'Revoke a key that is no longer used first.', {
    keys_max: KEYS_MAX,
  })
}

type Terms = {
  readonly label: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: Date | null
  readonly allowedAddresses: readonly string[] | null
}

/** The terms that a key gets, none of which exceed those of the caller's own key. */
async function withinOwn(tx: Transaction<Database>, ctx: AccountContext, wanted: KeyTerms): Promise<Terms> {
  const beyond = wanted.scopes.find((scope) => !ctx.actor.scopes.includes(scope))
  if (beyond !== undefined) throw exceeds('scope', beyond)
  const own = await tx
    .selectFrom('api_key')
    .selectAll()
    .where('id', '=', ctx.actor.keyId)
    .executeTakeFirstOrThrow()
  // A session's key is renewed for as long as its person is signed in: what they make may outlive it.
  const ownEnd = own.session_id === null ? own.expires_at : null
  const expiresAt = wanted.expiresAt ?? ownEnd
  if (expiresAt !== null && expiresAt <= (await databaseTime(tx)))
    throw new Refusal('invalid_period', '`expires_at` is past.')
  if (ownEnd !== null && expiresAt !== null && expiresAt > ownEnd)
    throw exceeds('expires_at', ownEnd.toISOString())
  const allowedAddresses = wanted.allowedAddresses ?? own.allowed_addresses
  if (own.allowed_addresses !== null && allowedAddresses !== null) {
    const { rows } = await sql<{ network: string }>`
      select network from unnest(${mutable(allowedAddresses)}::text[]) as network
      where not exists (select from unnest(${own.allowed_addresses}::text[]) as allowed where network::cidr <<= allowed::cidr)
      limit 1`.execute(tx)
    if (rows[0] !== undefined) throw exceeds('allowed_addresses', rows[0].network)
  }
  return { label: wanted.label, scopes: wanted.scopes, expiresAt, allowedAddresses }
}

async function insertKey(
  tx: Transaction<Database>,
  ctx: AccountContext,
  key: Terms & Secret & { readonly replaces?: string; readonly subAccountId?: string | undefined },
): Promise<AccountKey> {
  const inserting = tx
    .insertInto('api_key')
    .values({
      id: ctx.newId(),
      account_id: ctx.actor.accountId,
      label: key.label,
      scopes: [...key.scopes],
      key_sha256: Buffer.from(key.keySha256),
      expires_at: key.expiresAt,
      allowed_addresses: mutable(key.allowedAddresses),
      made_by: ctx.actor.keyId,
      replaces: key.replaces ?? null,
      sub_account_id: key.subAccountId ?? null,
    })
    .returningAll()
  try {
    return toAccountKey(ctx)(await inserting.executeTakeFirstOrThrow())
  } catch (error) {
    if (!violated(error, 'key_is_of_own_sub_account')) throw error
    throw noSubAccount(key.subAccountId ?? '')
  }
}

function mutable(texts: readonly string[] | null): string[] | null {
  return texts === null ? null : [...texts]
}

function exceeds(what: string, value: string): Refusal {
  return new Refusal('key_exceeds_own', 'A key never grants more than the key of the request.', {
    [what]: value,
  })
}

function notFound(id: string): Refusal {
  return new Refusal('api_key_not_found', 'No such API key.', { id })
}
