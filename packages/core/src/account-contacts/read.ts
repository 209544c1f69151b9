import type { OrderContactState } from '@droplock/rules/contacts'
import type { ContactDetails } from '@droplock/rules/ports/registry-objects'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql } from 'kysely'
import {
  type AccountContext,
  type OperatorContext,
  requirePermission,
  requireScope,
  rowsOf,
  type Whose,
} from '../context.ts'
import { type Listed, type Page, type Paging, requireCursor, toPage } from '../database/page.ts'
import { shownState } from './shown.ts'

/** A contact of a reseller's, as its latest version is. */
export type AccountContactView = {
  readonly id: string
  readonly version: number
  /** Raised by each edit; `version` is that of the details. */
  readonly editVersion: number
  readonly isDefault: boolean
  readonly details: ContactDetails
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Where this version is at registries, or was refused. */
  readonly registries: readonly RegistryState[]
}

type RegistryState = {
  readonly registry: string
  readonly handle: string
  readonly state: Exclude<OrderContactState, 'not_needed'>
  /** What the registry said where it refused it. */
  readonly message: string | null
}

/** Reads contacts of the caller's that are not deleted, newest first (ids are UUIDv7). */
export async function readContacts(
  ctx: Whose,
  where: RawBuilder<unknown>,
  limit: number,
  offset = 0,
): Promise<readonly AccountContactView[]> {
  const { rows } = await sql<AccountContactView>`
    select own.id, latest.version, own.version as "editVersion", is_default as "isDefault", details, own.created_at as "createdAt",
      updated_at as "updatedAt", coalesce((
        select jsonb_agg(jsonb_build_object('registry', registry_id, 'handle', handle, 'state', ${shownState},
          'message', answer_message) order by registry_id)
        from (
          select distinct on (registry_id) registry_id, handle, state, answer_message
          from registry_contact join registry_account as account on account.id = registry_account_id
          where contact_id = latest.id
          order by registry_id, case state when 'failed' then 0 when 'created' then 2 else 1 end, account.id) as made),
        '[]'::jsonb) as registries
    from account_contact as own
      cross join lateral (select * from contact where account_contact_id = own.id order by version desc limit 1) as latest
    where own.account_id = ${ctx.actor.accountId} and deleted_at is null and ${where}
    order by own.id desc limit ${limit} offset ${offset}`.execute(ctx.db)
  return rows
}

/** One of the caller's contacts. Throws Refusal: insufficient_scope, contact_not_found. */
export async function getContact(ctx: AccountContext, id: string): Promise<AccountContactView> {
  requireScope(ctx, 'contacts:read')
  return readContact(ctx, id)
}

/** The same without a check of the scope. */
export async function readContact(ctx: AccountContext, id: string): Promise<AccountContactView> {
  const [found] = await readContacts(ctx, sql`own.id = ${id}`, 1)
  if (found === undefined) throw contactNotFound(id)
  return found
}

export function contactNotFound(id: string): Refusal {
  return new Refusal('contact_not_found', 'No such contact.', { id })
}

export type ListContacts = {
  /** `id` of the last contact of the previous page. */
  readonly after?: string
  readonly limit: number
}

/** The caller's contacts, newest first. Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listContacts(
  ctx: AccountContext,
  { after, limit }: ListContacts,
): Promise<Page<AccountContactView>> {
  requireScope(ctx, 'contacts:read')
  if (after !== undefined) {
    const own = ctx.db
      .selectFrom('account_contact')
      .select('id')
      .where('account_id', '=', ctx.actor.accountId)
    await requireCursor(own.where('id', '=', after))
  }
  const rows = await readContacts(ctx, after === undefined ? sql`true` : sql`own.id < ${after}`, limit + 1)
  return toPage(rows, limit, (contact) => contact.id)
}

/** The contacts of an account for operators, newest first. Throws Refusal('forbidden'). */
export async function listAccountContacts(
  ctx: OperatorContext,
  { accountId, limit, offset }: Paging & { readonly accountId: string },
): Promise<Listed<AccountContactView>> {
  requirePermission(ctx, 'money:read')
  const items = await readContacts(rowsOf(ctx, accountId), sql`true`, limit, offset)
  const { total } = await ctx.db
    .selectFrom('account_contact')
    .select((query) => query.fn.countAll<bigint>().as('total'))
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { items, total: Number(total) }
}
