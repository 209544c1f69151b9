import type { MessageKind } from '@droplock/rules/registry-messages'
import { sql } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed } from '../database/page.ts'
import type { JsonValue } from '../database/tables.gen.ts'
import { searchedAs } from '../name-as-written.ts'

/** A message of a registry's queue, as it was read. */
export type RegistryMessage = {
  readonly registryAccountId: string
  readonly messageId: string
  readonly kind: MessageKind
  readonly queuedAt: Date | null
  readonly receivedAt: Date
  readonly text: string
  /** The object that it is about. */
  readonly about: string | null
  /** What was read of the data of a standard. */
  readonly notice: JsonValue | null
  /** The whole answer, with secrets masked. */
  readonly evidence: string
}

type ListMessages = Paging & {
  readonly kind?: MessageKind | undefined
  readonly registryAccountId?: string | undefined
  readonly registryId?: string | undefined
  /** A part of the name, contact or host that it is about; see `searchedAs`. */
  readonly q?: string | undefined
  /** Received in [from, to). */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

/** Messages of all registries, the newest first. Throws Refusal('forbidden'). */
export async function listRegistryMessages(
  ctx: OperatorContext,
  query: ListMessages,
): Promise<Listed<RegistryMessage>> {
  requirePermission(ctx, 'console:read')
  let matching = ctx.db
    .selectFrom('registry_message')
    .select([
      'registry_account_id as registryAccountId',
      'message_id as messageId',
      'kind',
      'text',
      'about',
      'notice',
    ])
    .select(['queued_at as queuedAt', 'received_at as receivedAt', 'evidence'])
  if (query.kind !== undefined) matching = matching.where('kind', '=', query.kind)
  if (query.registryAccountId !== undefined)
    matching = matching.where('registry_account_id', '=', query.registryAccountId)
  if (query.registryId !== undefined)
    matching = matching.where(
      sql<boolean>`registry_account_id in (select id from registry_account where registry_id = ${query.registryId})`,
    )
  if (query.q !== undefined)
    matching = matching.where(sql<boolean>`lower(about) like ${`%${escapeLike(searchedAs(query.q))}%`}`)
  if (query.from !== undefined) matching = matching.where('received_at', '>=', query.from)
  if (query.to !== undefined) matching = matching.where('received_at', '<', query.to)
  const newest = matching.orderBy('received_at', 'desc').orderBy('registry_account_id').orderBy('message_id')
  return readListed(ctx.db, newest, query, (row): RegistryMessage => row)
}
