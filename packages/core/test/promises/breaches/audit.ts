import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

/** An entry `after` so many of the chain's, which follows its last one or `prev`; all but for what is wrong with it. */
function append(
  { tx, staffId }: Scene,
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

export const auditBreaches: readonly Breach[] = [
  {
    table: 'audit_entry',
    keeper: 'audit_is_append_only',
    promise: 'no audit entry changes',
    deed: ({ tx }) => sql`update audit_entry set reason = 'another'`.execute(tx),
  },
  {
    table: 'audit_entry',
    keeper: 'audit_is_never_truncated',
    promise: 'audit entries are not removed at once',
    deed: ({ tx }) => sql`truncate audit_entry`.execute(tx),
  },
  {
    table: 'audit_entry',
    keeper: 'audit_chain_has_no_fork',
    promise: 'an audit entry is followed by one',
    deed: async (scene) => {
      await append(scene, { after: 1 })
      await append(scene, { after: 2 })
    },
  },
  {
    table: 'audit_entry',
    keeper: 'only_the_first_follows_none',
    promise: 'only the first audit entry follows none',
    deed: (scene) => append(scene, { after: 1, prev: null }),
  },
  {
    table: 'audit_entry',
    keeper: 'audit_hash_unique',
    promise: 'no two audit entries have one hash',
    backstops: [['audit_entry', 'audit_entry_follows_another']],
    deed: async (scene) => {
      await append(scene, { after: 1, hash: 'same' })
      await append(scene, { after: 2, prev: 'hash 9', hash: 'same' })
    },
  },
  {
    table: 'audit_entry',
    keeper: 'audit_entry_follows_another',
    promise: 'an audit entry follows one that exists',
    deed: (scene) => append(scene, { after: 1, prev: 'nobody' }),
  },
  {
    table: 'audit_entry',
    keeper: 'audited_staff_is_named',
    promise: 'what a person did names the person, and what the service did names none',
    deed: (scene) => append(scene, { after: 1, actor: 'system' }),
  },
  {
    table: 'audit_entry',
    keeper: 'audit_actor_known',
    promise: 'an audit entry is of a person or the service',
    backstops: [['audit_entry', 'audited_staff_is_named']],
    deed: (scene) => append(scene, { after: 1, actor: 'ghost' }),
  },
  {
    table: 'audit_chain',
    keeper: 'one_audit_chain',
    promise: 'there is one audit chain',
    deed: ({ tx }) => sql`insert into audit_chain (id, seq) values (false, 0)`.execute(tx),
  },
]
