import { type RawBuilder, sql } from 'kysely'

/**
 * Whether operators have blocked a name, as of the statement: it is not listed and cannot be ordered. The condition of claims, of the
 * publication of lists, and of the constraint `blocked_name_is_not_claimed`, which has it in its function.
 */
export function isBlocked(name: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from blocked_name as block where block.name = ${name} and ${isInForce})`
}

/** Whether the row `block` of `blocked_name` is in force. */
export const isInForce: RawBuilder<boolean> = sql<boolean>`
  (block.ended_at is null and (block.until_at is null or block.until_at > statement_timestamp()))`
