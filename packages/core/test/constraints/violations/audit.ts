import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'

/** A valid entry that follows the last one or `prev`, except for what `changes` sets. */
function append(
  { tx, staffId }: Fixture,
  entry: { after: number; prev?: string | null; hash?: string; actor?: string },
) {
  const { after, prev = 'last', hash = `hash ${after}`, actor = 'staff' } = entry
  const prevHash =
    prev === 'last'
      ? sql`(select hash from audit_chain)`
      : sql`${prev === null ? null : Buffer.from(prev)}::bytea`
  return sql`
    insert into audit_entry (seq, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, prev_hash, hash)
    values ((select seq from audit_chain) + ${after}, clock_timestamp(), ${actor}, ${staffId}, 'x', 'x', 'x', 'x', ${prevHash},
      ${Buffer.from(hash)})`.execute(tx)
}

export const auditViolations: readonly Violation[] = [
  {
    table: 'audit_entry',
    constraint: 'audit_is_append_only',
    guarantee: 'no audit entry changes',
    violate: ({ tx }) => sql`update audit_entry set reason = 'another'`.execute(tx),
  },
  {
    table: 'audit_entry',
    constraint: 'audit_is_never_truncated',
    guarantee: 'audit entries cannot be truncated',
    violate: ({ tx }) => sql`truncate audit_entry`.execute(tx),
  },
  {
    table: 'audit_entry',
    constraint: 'audit_chain_has_no_fork',
    guarantee: 'an audit entry is followed by at most one',
    violate: async (fixture) => {
      await append(fixture, { after: 1 })
      await append(fixture, { after: 2 })
    },
  },
  {
    table: 'audit_entry',
    constraint: 'only_the_first_follows_none',
    guarantee: 'only the first audit entry has no predecessor',
    violate: (fixture) => append(fixture, { after: 1, prev: null }),
  },
  {
    table: 'audit_entry',
    constraint: 'audit_hash_unique',
    guarantee: 'no two audit entries have the same hash',
    backstops: [['audit_entry', 'audit_entry_follows_another']],
    violate: async (fixture) => {
      await append(fixture, { after: 1, hash: 'same' })
      await append(fixture, { after: 2, prev: 'hash 9', hash: 'same' })
    },
  },
  {
    table: 'audit_entry',
    constraint: 'audit_entry_follows_another',
    guarantee: 'an audit entry follows one that exists',
    violate: (fixture) => append(fixture, { after: 1, prev: 'nobody' }),
  },
  {
    table: 'audit_entry',
    constraint: 'audited_staff_is_named',
    guarantee: 'an entry of a person has that person, and one of the service has none',
    violate: (fixture) => append(fixture, { after: 1, actor: 'system' }),
  },
  {
    table: 'audit_entry',
    constraint: 'audit_actor_known',
    guarantee: 'an audit entry is by a person or by the service',
    backstops: [['audit_entry', 'audited_staff_is_named']],
    violate: (fixture) => append(fixture, { after: 1, actor: 'ghost' }),
  },
  {
    table: 'audit_chain',
    constraint: 'one_audit_chain',
    guarantee: 'there is one audit chain',
    violate: ({ tx }) => sql`insert into audit_chain (id, seq) values (false, 0)`.execute(tx),
  },
]
