import type {
  RegistrationRequestFailure,
  RegistrationRequestKind,
  RegistrationRequestState,
} from '@droplock/rules/machines/registration-request'
import type { NameServer } from '@droplock/rules/ports/registry-objects'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import type { WantedContact } from '../account-contacts/wanted.ts'
import { type AccountContext, requireScope } from '../context.ts'
import { type Page, requireCursor, toPage } from '../database/page.ts'
import { isOwnOrder } from '../own-orders.ts'

/** A requested change of a registration as its holder sees it. */
export type RegistrationRequestView = {
  readonly id: string
  readonly registrationId: string
  readonly name: string
  readonly kind: RegistrationRequestKind
  readonly state: RegistrationRequestState
  /** What was requested, of a change of name servers. */
  readonly nameServers: readonly NameServer[] | null
  /** Of a change of contacts. */
  readonly contacts: readonly WantedContact[] | null
  readonly failureReason: RegistrationRequestFailure | null
  /** The EPP result code and the message of a registry that refused it. */
  readonly answerCode: number | null
  readonly answerMessage: string | null
  readonly createdAt: Date
  readonly decidedAt: Date | null
  /** Of an auth code: until when it is valid at the registry, and when it was shown. */
  readonly authCodeValidUntil: Date | null
  readonly authCodeShownAt: Date | null
}

function selectRequests(ctx: AccountContext) {
  return ctx.db
    .selectFrom('registration_request')
    .innerJoin('registration', 'registration.id', 'registration_request.registration_id')
    .leftJoin('auth_code', 'auth_code.request_id', 'registration_request.id')
    .selectAll('registration_request')
    .select(['registration.name', 'auth_code.valid_until', 'auth_code.shown_at'])
    .where('registration_request.account_id', '=', ctx.actor.accountId)
    .where(isOwnOrder(ctx, sql.ref('registration.backorder_id')))
}

type RequestRow = Awaited<ReturnType<ReturnType<typeof selectRequests>['execute']>>[number]

function toRequestView(row: RequestRow): RegistrationRequestView {
  return {
    id: row.id,
    registrationId: row.registration_id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    nameServers: row.kind === 'name_servers' ? (row.wanted as readonly NameServer[]) : null,
    contacts: row.kind === 'contacts' ? (row.wanted as readonly WantedContact[]) : null,
    failureReason: row.failure_reason,
    answerCode: row.answer_code,
    answerMessage: row.answer_message,
    createdAt: row.created_at,
    decidedAt: row.decided_at,
    authCodeValidUntil: row.valid_until,
    authCodeShownAt: row.shown_at,
  }
}

/** One of the caller's, without a check of the scope. Throws Refusal('registration_request_not_found'). */
export async function readRegistrationRequest(
  ctx: AccountContext,
  id: string,
): Promise<RegistrationRequestView> {
  const row = await selectRequests(ctx).where('registration_request.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('registration_request_not_found', 'No such request.', { id })
  return toRequestView(row)
}

/** A request of the caller's. Throws Refusal: insufficient_scope, registration_request_not_found. */
export async function getRegistrationRequest(
  ctx: AccountContext,
  id: string,
): Promise<RegistrationRequestView> {
  requireScope(ctx, 'registrations:read')
  return readRegistrationRequest(ctx, id)
}

export type ListRegistrationRequests = {
  readonly registrationId?: string
  readonly kind?: RegistrationRequestKind
  readonly state?: RegistrationRequestState
  /** `id` of the last request of the previous page. */
  readonly after?: string
  readonly limit: number
}

/** The caller's requests, newest first (ids are UUIDv7). Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listRegistrationRequests(
  ctx: AccountContext,
  { registrationId, kind, state, after, limit }: ListRegistrationRequests,
): Promise<Page<RegistrationRequestView>> {
  requireScope(ctx, 'registrations:read')
  let select = selectRequests(ctx)
    .orderBy('registration_request.id', 'desc')
    .limit(limit + 1)
  if (registrationId !== undefined)
    select = select.where('registration_request.registration_id', '=', registrationId)
  if (kind !== undefined) select = select.where('registration_request.kind', '=', kind)
  if (state !== undefined) select = select.where('registration_request.state', '=', state)
  if (after !== undefined) {
    await requireCursor(selectRequests(ctx).where('registration_request.id', '=', after))
    select = select.where('registration_request.id', '<', after)
  }
  const rows = await select.execute()
  return toPage(rows.map(toRequestView), limit, (request) => request.id)
}
