import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'

/** An answer that is stored, with other values where they are given. */
const stored = ({ tx, buyer }: Fixture, { key = 'k', item = 0, bytes = 32, status = 201 } = {}) =>
  sql`insert into idempotency_key (account_id, key, item, content_sha256, status, body)
    values (${buyer.actor.accountId}, ${key}, ${item}, ${Buffer.alloc(bytes)}, ${status}, '{}')`.execute(tx)

export const idempotencyViolations: readonly Violation[] = [
  {
    table: 'idempotency_key',
    constraint: 'one_answer_per_idempotency_key',
    guarantee: 'a key of an account has one answer',
    violate: async (fixture) => {
      await stored(fixture)
      await stored(fixture)
    },
  },
  {
    table: 'idempotency_key',
    constraint: 'idempotency_key_in_length',
    guarantee: 'an Idempotency-Key is not empty',
    violate: (fixture) => stored(fixture, { key: '' }),
  },
  {
    table: 'idempotency_key',
    constraint: 'idempotency_item_not_negative',
    guarantee: 'items of a request are counted from 1',
    violate: (fixture) => stored(fixture, { item: -1 }),
  },
  {
    table: 'idempotency_key',
    constraint: 'idempotency_content_is_a_hash',
    guarantee: 'requests are compared by a whole hash',
    violate: (fixture) => stored(fixture, { bytes: 31 }),
  },
  {
    table: 'idempotency_key',
    constraint: 'stored_answer_is_a_success',
    guarantee: 'no refusal is stored',
    violate: (fixture) => stored(fixture, { status: 409 }),
  },
]
