import type { Insertable } from 'kysely'
import { sql } from 'kysely'
import type { AloneGrantTable, BankTransferTable } from '../../../src/database/tables.gen.ts'
import type { Breach } from '../breach.ts'
import { insertPostings } from '../rows.ts'
import type { Scene } from '../scene.ts'

const AT = new Date('2026-11-24T12:00:00Z')

/** What one person gave alone. */
async function insertGrant(scene: Scene, changes: Partial<Insertable<AloneGrantTable>> = {}) {
  const id = scene.ctx.newId()
  const grant = {
    id,
    staff_id: scene.staffId,
    kind: 'bank_transfer',
    amount_minor: 500n,
    currency: 'USD',
  } as const
  await scene.tx
    .insertInto('alone_grant')
    .values({ ...grant, ...changes })
    .execute()
  return id
}

/** A credited transfer with its postings. */
async function insertTransfer(scene: Scene, changes: Partial<Insertable<BankTransferTable>> = {}) {
  const row = {
    grant_id: await insertGrant(scene),
    id: scene.ctx.newId(),
    account_id: scene.buyer.actor.accountId,
    state: 'credited',
    amount_minor: 500n,
    currency: 'USD',
    bank_reference: 'RE4711',
    note: 'a test',
    recorded_by: scene.staffId,
    recorded_at: AT,
    ...changes,
  } as const
  await scene.tx.insertInto('bank_transfer').values(row).execute()
  await insertPostings(scene, [
    { ...credit(row), ledger_account: 'bank_clearing', amount_minor: -row.amount_minor },
    { ...credit(row), ledger_account: 'customer_balance', amount_minor: row.amount_minor },
  ])
  return row
}

const credit = ({ id, account_id }: { id: string; account_id: string }) => ({
  cause: 'top_up' as const,
  cause_id: id,
  account_id,
  bank_transfer_id: id,
})

const proposed = (scene: Scene) => ({
  reversal_reason: 'a test',
  reversal_proposed_by: scene.staffId,
  reversal_proposed_at: AT,
})

/** The postings of a transfer, and the opposite of them. */
async function reverse(scene: Scene, id: string, reversalId: string) {
  const line = {
    cause: 'top_up_reversed',
    cause_id: reversalId,
    account_id: scene.buyer.actor.accountId,
    bank_transfer_id: id,
  } as const
  await insertPostings(scene, [
    { ...line, ledger_account: 'customer_balance', amount_minor: -500n },
    { ...line, ledger_account: 'bank_clearing', amount_minor: 500n },
  ])
}

export const bankTransferBreaches: readonly Breach[] = [
  {
    table: 'bank_transfer',
    keeper: 'credit_is_granted_or_approved',
    promise: 'a transfer is credited within what one person gives alone, or by two',
    deed: async (scene) => {
      await insertTransfer(scene, { grant_id: null })
    },
  },
  {
    table: 'refund_limit',
    keeper: 'grant_limit_not_negative',
    promise: 'what one person gives alone is not below nothing',
    deed: ({ tx }) => sql`update refund_limit set grant_alone_minor = -1`.execute(tx),
  },
  {
    table: 'alone_grant',
    keeper: 'one_person_grants_within_limit',
    promise: 'one person gives balance and credit within the limit of a day',
    deed: async (scene) => {
      await sql`update refund_limit set grant_alone_minor = 900`.execute(scene.tx)
      await insertGrant(scene)
      await insertGrant(scene)
    },
  },
  {
    table: 'alone_grant',
    keeper: 'grant_amount_positive',
    promise: 'what is given is more than nothing',
    deed: (scene) => insertGrant(scene, { amount_minor: 0n }),
  },
  {
    table: 'alone_grant',
    keeper: 'grant_kind_known',
    promise: 'what is given is a transfer or credit',
    deed: async ({ tx, ctx, staffId }) => {
      await sql`insert into alone_grant (id, staff_id, kind, amount_minor, currency)
        values (${ctx.newId()}, ${staffId}, 'a present', 1, 'USD')`.execute(tx)
    },
  },
  {
    table: 'bank_transfer',
    keeper: 'bank_transfer_state_known',
    promise: 'a transfer is in a known state',
    backstops: [
      ['bank_transfer', 'reversal_is_proposed_with_reason'],
      ['bank_transfer', 'only_a_reversed_transfer_is_decided'],
    ],
    deed: async (scene) => {
      const { id } = await insertTransfer(scene)
      await sql`update bank_transfer set state = 'lost' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'bank_transfer',
    keeper: 'bank_transfer_amount_positive',
    promise: 'a transfer brings something',
    backstops: [['posting', 'top_up_only_adds']],
    deed: (scene) => insertTransfer(scene, { amount_minor: -500n }),
  },
  {
    table: 'bank_transfer',
    keeper: 'bank_reference_is_plain',
    promise: 'a reference is kept as all would type it',
    deed: (scene) => insertTransfer(scene, { bank_reference: 're 4711' }),
  },
  {
    table: 'bank_transfer',
    keeper: 'bank_transfer_credited_once',
    promise: 'a transfer is credited once',
    deed: async (scene) => {
      await insertTransfer(scene)
      await insertTransfer(scene)
    },
  },
  {
    table: 'bank_transfer',
    keeper: 'bank_transfer_reversal_unique',
    promise: 'a reversal is of one transfer',
    backstops: [
      ['bank_transfer', 'bank_transfer_is_in_the_ledger'],
      ['posting', 'bank_transfer_is_in_the_ledger'],
    ],
    deed: async (scene) => {
      const other = await sql<{ id: string }>`select id from staff_account limit 1`.execute(scene.tx)
      const staff = await sql<{
        id: string
      }>`insert into staff_account (id, email, name, roles, password_hash)
        select ${scene.ctx.newId()}, 'second@example.test', 'Second', roles, password_hash from staff_account
        where id = ${other.rows[0]?.id} returning id`.execute(scene.tx)
      const decided = {
        ...proposed(scene),
        state: 'reversed',
        reversal_id: scene.ctx.newId(),
        reversal_decided_by: staff.rows[0]?.id ?? '',
        reversal_decided_at: AT,
      } as const
      await insertTransfer(scene, decided)
      await insertTransfer(scene, { ...decided, bank_reference: 'RE4712' })
    },
  },
  {
    table: 'bank_transfer',
    keeper: 'reversal_is_proposed_with_reason',
    promise: 'a reversal is proposed by somebody, for a reason',
    deed: (scene) => insertTransfer(scene, { state: 'reversal_proposed' }),
  },
  {
    table: 'bank_transfer',
    keeper: 'only_a_reversed_transfer_is_decided',
    promise: 'a reversed transfer says who decided that',
    deed: async (scene) => {
      const { id } = await insertTransfer(scene)
      await scene.tx
        .updateTable('bank_transfer')
        .set({ state: 'reversed', ...proposed(scene) })
        .where('id', '=', id)
        .execute()
      await reverse(scene, id, scene.ctx.newId())
    },
  },
  {
    table: 'bank_transfer',
    keeper: 'reversal_needs_two_people',
    promise: 'nobody reverses a transfer alone',
    deed: async (scene) => {
      const { id } = await insertTransfer(scene)
      const reversalId = scene.ctx.newId()
      await scene.tx
        .updateTable('bank_transfer')
        .set({
          ...proposed(scene),
          state: 'reversed',
          reversal_id: reversalId,
          reversal_decided_by: scene.staffId,
          reversal_decided_at: AT,
        })
        .where('id', '=', id)
        .execute()
      await reverse(scene, id, reversalId)
    },
  },
  {
    table: 'bank_transfer',
    keeper: 'bank_transfer_terms_are_final',
    promise: 'what a transfer was is final',
    deed: async (scene) => {
      const { id } = await insertTransfer(scene)
      await sql`update bank_transfer set bank_reference = 'RE1' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'bank_transfer',
    keeper: 'bank_transfer_is_in_the_ledger',
    promise: 'a transfer that is recorded is credited',
    deed: async (scene) => {
      const { tx, ctx, buyer, staffId } = scene
      await tx
        .insertInto('bank_transfer')
        .values({
          grant_id: await insertGrant(scene),
          id: ctx.newId(),
          account_id: buyer.actor.accountId,
          state: 'credited',
          amount_minor: 500n,
          currency: 'USD',
          bank_reference: 'RE4711',
          note: 'a test',
          recorded_by: staffId,
          recorded_at: AT,
        })
        .execute()
    },
  },
  {
    table: 'posting',
    keeper: 'bank_transfer_is_in_the_ledger',
    promise: 'a transfer is taken back by its reversal alone',
    deed: async (scene) => {
      const { id } = await insertTransfer(scene)
      await sql`set constraints all immediate`.execute(scene.tx)
      await reverse(scene, id, scene.ctx.newId())
    },
  },
  {
    table: 'posting',
    keeper: 'money_at_the_bank_names_transfer',
    promise: 'money at the bank is of a transfer',
    deed: (scene) =>
      insertPostings(scene, [
        { ledger_account: 'bank_clearing', amount_minor: -1n },
        { ledger_account: 'revenue', amount_minor: 1n },
      ]),
  },
  {
    table: 'posting',
    keeper: 'top_up_only_adds',
    promise: 'a top-up adds to a balance',
    deed: (scene) => {
      const account_id = scene.buyer.actor.accountId
      return insertPostings(scene, [
        { ledger_account: 'customer_balance', amount_minor: -1n, account_id },
        { ledger_account: 'revenue', amount_minor: 1n },
      ])
    },
  },
]
