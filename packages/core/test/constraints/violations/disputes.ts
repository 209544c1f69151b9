import { type Insertable, sql } from 'kysely'
import type { ConstraintName, DisputeEvidenceTable } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertCaptured, insertDispute } from '../rows.ts'

const AT = new Date('2026-11-24T12:00:00Z')

async function givenDispute(fixture: Fixture): Promise<string> {
  await insertDispute(fixture, await insertCaptured(fixture))
  const { id } = await fixture.tx.selectFrom('dispute').select('id').executeTakeFirstOrThrow()
  return id
}

async function insertEvidence(fixture: Fixture, changes: Partial<Insertable<DisputeEvidenceTable>> = {}) {
  const row = {
    dispute_id: await givenDispute(fixture),
    state: 'draft',
    fields: { service_date: '2026-11-12' },
    saved_by: fixture.staffId,
    saved_at: AT,
    ...changes,
  } as const
  await fixture.tx.insertInto('dispute_evidence').values(row).execute()
}

const submitted = ({ ctx, staffId }: Fixture) => ({
  submission_id: ctx.newId(),
  submitted_by: staffId,
  submitted_at: AT,
})

/** An answer changed by SQL, so that it can have values that the schema does not know. */
const evidence = (constraint: ConstraintName, guarantee: string, change: string): Violation => ({
  table: 'dispute_evidence',
  constraint,
  guarantee,
  violate: async (fixture) => {
    await insertEvidence(fixture)
    await sql`update dispute_evidence set ${sql.raw(change)}`.execute(fixture.tx)
  },
})

export const disputeViolations: readonly Violation[] = [
  {
    table: 'dispute',
    constraint: 'dispute_reason_known',
    guarantee: 'a dispute has a known reason',
    violate: async (fixture) => {
      await givenDispute(fixture)
      await sql`update dispute set reason = 'boredom'`.execute(fixture.tx)
    },
  },
  {
    table: 'dispute_evidence',
    constraint: 'evidence_state_known',
    guarantee: 'an answer has a known state',
    backstops: [['dispute_evidence', 'submission_is_whole']],
    violate: async (fixture) => {
      await insertEvidence(fixture)
      await sql`update dispute_evidence set state = 'lost in the post'`.execute(fixture.tx)
    },
  },
  evidence('evidence_is_an_object', 'an answer has its texts by field', `fields = '[]'`),
  evidence('evidence_version_positive', 'an answer has a version', 'version = 0'),
  evidence('submission_is_whole', 'a submission has a key and a person', 'submitted_at = saved_at'),
  evidence('ended_submission_has_time', 'what has not ended has no time of its end', 'ended_at = saved_at'),
  evidence('waiting_submission_is_tried', 'a draft is not sent', 'try_after = saved_at'),
  {
    table: 'dispute_evidence',
    constraint: 'refused_evidence_says_why',
    guarantee: 'refused evidence says why',
    violate: (fixture) => insertEvidence(fixture, { state: 'refused', ended_at: AT, ...submitted(fixture) }),
  },
  {
    table: 'dispute_evidence',
    constraint: 'submitted_evidence_says_something',
    guarantee: 'an empty answer is not submitted',
    violate: (fixture) =>
      insertEvidence(fixture, {
        state: 'submitting',
        try_after: AT,
        fields: {},
        ...submitted(fixture),
      }),
  },
  {
    table: 'dispute_evidence',
    constraint: 'submission_unique',
    guarantee: 'a submission is of one dispute',
    violate: async (fixture) => {
      const key = submitted(fixture)
      await insertEvidence(fixture, { state: 'submitting', try_after: AT, ...key })
      const payment_id = await insertCaptured(fixture)
      await insertDispute(fixture, payment_id)
      await sql`insert into dispute_evidence (dispute_id, state, fields, saved_by, saved_at, submission_id, submitted_by,
          submitted_at, try_after)
        select id, 'submitting', '{"service_date": "2026-11-12"}', ${fixture.staffId}, ${AT}, ${key.submission_id},
          ${fixture.staffId}, ${AT}, ${AT} from dispute where payment_id = ${payment_id}`.execute(fixture.tx)
    },
  },
  {
    table: 'dispute_evidence',
    constraint: 'dispute_evidence_pkey',
    guarantee: 'a dispute has one answer',
    violate: async (fixture) => {
      await insertEvidence(fixture)
      await sql`insert into dispute_evidence select * from dispute_evidence`.execute(fixture.tx)
    },
  },
  {
    table: 'dispute_evidence',
    constraint: 'submitted_evidence_is_final',
    guarantee: 'what is being sent does not change',
    violate: async (fixture) => {
      await insertEvidence(fixture, { state: 'submitting', try_after: AT, ...submitted(fixture) })
      await sql`update dispute_evidence set fields = '{"service_date": "2026-11-13"}'`.execute(fixture.tx)
    },
  },
  {
    table: 'dispute_evidence',
    constraint: 'evidence_is_never_deleted',
    refusesAs: 'submitted_evidence_is_final',
    guarantee: 'an answer is never deleted',
    violate: async (fixture) => {
      await insertEvidence(fixture)
      await sql`delete from dispute_evidence`.execute(fixture.tx)
    },
  },
]
