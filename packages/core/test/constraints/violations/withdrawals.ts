import { sql } from 'kysely'
import type { ConstraintName } from '../../../src/database/tables.gen.ts'
import { givenStaff } from '../../support/world.ts'
import type { Fixture, Violation } from '../fixture.ts'

const AT = new Date('2026-11-24T12:00:00Z')

/** Makes the free name suspect, so that it has a confirmation. */
const suspect = ({ tx, free }: Fixture) =>
  sql`update listing set suspect = true where id = ${free.listingId}`.execute(tx)

type Row = Readonly<Record<string, string | number | boolean | Date | null>>

/** An answer about the suspect by RDAP, which decides nothing unless `row` says otherwise. Returns its id. */
async function insertAnswer(fixture: Fixture, row: Row = {}): Promise<string> {
  const { means = 'rdap', url = 'http://rdap.test', verdict = 'undecided', decides = false } = row
  const { answered_at = AT, suspicion = 1 } = row
  const id = fixture.ctx.newId()
  await sql`
    insert into confirmation_answer (id, listing_id, suspicion, means, asked_at, answered_at, url, verdict, finding, decides)
    values (${id}, ${fixture.free.listingId}, ${suspicion}, ${means}, ${AT}, ${answered_at}, ${url}, ${verdict}, 'a test', ${decides})`.execute(
    fixture.tx,
  )
  return id
}

async function insertBlock({ tx, ctx }: Fixture, name = 'blocked.test', until: Date | null = null) {
  await sql`
    insert into blocked_name (id, name, zone, reason, blocked_by, blocked_at, until_at)
    values (${ctx.newId()}, ${name}, 'test', 'a test', 'a person', ${AT}, ${until})`.execute(tx)
}

async function insertWithdrawal({ tx }: Fixture, listingId: string, row: Row = {}): Promise<void> {
  const { reason = null, answer_id = null, proposal_id = null } = row
  await sql`insert into withdrawal (listing_id, at, reason, answer_id, proposal_id)
    values (${listingId}, ${AT}, ${reason}, ${answer_id}, ${proposal_id})`.execute(tx)
}

async function insertInfoRequest({ tx, ctx, free }: Fixture, listingId: string | null = free.listingId) {
  await sql`
    insert into registry_request (id, registry_account_id, kind, listing_id, state, created_at, try_after)
    select ${ctx.newId()}, id, 'info', ${listingId}, 'waiting', ${AT}, ${AT} from registry_account`.execute(
    tx,
  )
}

async function insertProposal({ tx, ctx }: Fixture): Promise<string> {
  const { actor } = await givenStaff(ctx, 'operator')
  const id = ctx.newId()
  await sql`insert into proposal (id, kind, subject, terms, reason, state, proposed_by, proposed_at, expires_at)
    values (${id}, 'withdrawal', 'a subject', '{}', 'a test', 'proposed', ${actor.staffId}, ${AT}, ${AT})`.execute(
    tx,
  )
  return id
}

/** After a preparation that is not the violation itself. */
function of(
  table: string,
  constraint: ConstraintName,
  guarantee: string,
  violate: Violation['violate'],
): Violation {
  return { table, constraint, guarantee, violate }
}

const update = (table: string, set: string) => (fixture: Fixture) =>
  sql.raw(`update ${table} set ${set}`).execute(fixture.tx)

const ofSuspect =
  (violate: (fixture: Fixture) => Promise<unknown>): Violation['violate'] =>
  async (fixture) => {
    await suspect(fixture)
    await violate(fixture)
  }

const confirmations: readonly Violation[] = [
  of(
    'registry',
    'confirm_by_known',
    'suspects are confirmed by known means',
    update('registry', `confirm_by = '{whois}'`),
  ),
  of(
    'registry',
    'rdap_per_minute_in_range',
    'an RDAP server is asked at least once a minute',
    update('registry', 'rdap_per_minute_max = 0'),
  ),
  of(
    'zone',
    'rdap_url_names_host',
    'an RDAP address names its host and no user',
    update('zone', `rdap_url = 'http://user:secret@rdap.test/'`),
  ),
  of(
    'confirmation',
    'confirmation_means_known',
    'a suspect is asked about by known means',
    ofSuspect(update('confirmation', `means = 'whois'`)),
  ),
  of(
    'confirmation',
    'rdap_confirmation_names_host',
    'a question by RDAP names its server',
    ofSuspect(update('confirmation', `means = 'rdap'`)),
  ),
  of(
    'confirmation',
    'confirmation_result_known',
    'a confirmation ends with a known result',
    ofSuspect(update('confirmation', `result = 'sold', closed_at = '2026-11-24Z'`)),
  ),
  of(
    'confirmation',
    'closed_confirmation_has_result',
    'a confirmation has a result exactly if it is closed',
    ofSuspect(update('confirmation', `result = 'listed'`)),
  ),
  of(
    'confirmation_answer',
    'answer_means_known',
    'an answer came by known means',
    ofSuspect((fixture) => insertAnswer(fixture, { means: 'whois' })),
  ),
  of(
    'confirmation_answer',
    'answer_verdict_known',
    'an answer has a known verdict',
    ofSuspect((fixture) => insertAnswer(fixture, { verdict: 'sold' })),
  ),
  of(
    'confirmation_answer',
    'answer_names_whom_was_asked',
    'an answer names whom was asked',
    ofSuspect((fixture) => insertAnswer(fixture, { url: null })),
  ),
  of(
    'confirmation_answer',
    'only_a_shown_state_decides',
    'nothing is decided without an answer',
    ofSuspect((fixture) => insertAnswer(fixture, { verdict: 'withdrawn', decides: true, answered_at: null })),
  ),
  of(
    'confirmation_answer',
    'one_decision_per_suspicion',
    'a suspicion is decided once',
    ofSuspect(async (fixture) => {
      await insertAnswer(fixture, { verdict: 'withdrawn', decides: true })
      await insertAnswer(fixture, { verdict: 'pending_delete', decides: true })
    }),
  ),
  of(
    'confirmation_answer',
    'answer_is_append_only',
    'an answer does not change',
    ofSuspect(async (fixture) => {
      await insertAnswer(fixture)
      await sql`update confirmation_answer set finding = 'another'`.execute(fixture.tx)
    }),
  ),
  of(
    'confirmation_answer',
    'answer_is_never_truncated',
    'answers are not removed',
    // What refers to it goes with it.
    ({ tx }) =>
      sql`alter table withdrawal drop constraint withdrawal_answer_id_fkey`
        .execute(tx)
        .then(() => sql`truncate confirmation_answer`.execute(tx)),
  ),
  of(
    'registry_request',
    'info_request_names_listing',
    'a request for info is about a listing, and no other request is',
    (fixture) => insertInfoRequest(fixture, null),
  ),
  of(
    'registry_request',
    'one_open_info_request_per_listing',
    'a suspect has one open request',
    ofSuspect(async (fixture) => {
      await insertInfoRequest(fixture)
      await insertInfoRequest(fixture)
    }),
  ),
  of(
    'rdap_host',
    'rdap_requests_are_spaced',
    'requests to an RDAP server keep their distance',
    async (fixture) => {
      const { tx, ctx } = fixture
      await sql`insert into rdap_host (host, request_id, free_at)
      values ('rdap.test', ${ctx.newId()}, clock_timestamp() + interval '1 minute')`.execute(tx)
      await sql`update rdap_host set request_id = ${ctx.newId()}, free_at = clock_timestamp()`.execute(tx)
    },
  ),
]

const withdrawals: readonly Violation[] = [
  of('withdrawal', 'withdrawal_has_one_ground', 'a withdrawal has one ground', (fixture) =>
    insertWithdrawal(fixture, fixture.free.listingId),
  ),
  of(
    'withdrawal',
    'only_a_decision_has_proposal',
    'evidence needs no proposal',
    ofSuspect(async (fixture) => {
      const answer_id = await insertAnswer(fixture)
      const proposal_id = await insertProposal(fixture)
      await insertWithdrawal(fixture, fixture.free.listingId, { answer_id, proposal_id })
    }),
  ),
  of('withdrawal', 'held_name_is_withdrawn_by_two', 'a held name is withdrawn by two people', (fixture) =>
    insertWithdrawal(fixture, fixture.held.listingId, { reason: 'a test' }),
  ),
  of(
    'withdrawal',
    'withdrawal_is_append_only',
    'the ground of a withdrawal does not change',
    async (fixture) => {
      await insertWithdrawal(fixture, fixture.free.listingId, { reason: 'a test' })
      await sql`update withdrawal set reason = 'another'`.execute(fixture.tx)
    },
  ),
  of('withdrawal', 'withdrawal_is_never_truncated', 'withdrawals are not removed', ({ tx }) =>
    sql`truncate withdrawal`.execute(tx),
  ),
  of('listing', 'withdrawn_listing_has_ground', 'nothing is withdrawn without a ground', ({ tx, free }) =>
    sql`update listing set state = 'withdrawn', ended_at = ${AT} where id = ${free.listingId}`.execute(tx),
  ),
]

const blocks: readonly Violation[] = [
  of('blocked_name', 'one_block_per_name', 'a name is blocked once at a time', async (fixture) => {
    await insertBlock(fixture)
    await insertBlock(fixture)
  }),
  of('blocked_name', 'block_ends_after_it_began', 'a block ends after it began', (fixture) =>
    insertBlock(fixture, 'blocked.test', new Date(AT.getTime() - 1)),
  ),
  of(
    'blocked_name',
    'ended_block_says_by_whom',
    'a block that has ended says by whom and why',
    async (fixture) => {
      await insertBlock(fixture)
      await sql`update blocked_name set ended_at = ${AT}`.execute(fixture.tx)
    },
  ),
  of('blocked_name', 'block_terms_are_final', 'a block is only ended', async (fixture) => {
    await insertBlock(fixture)
    await sql`update blocked_name set reason = 'another'`.execute(fixture.tx)
  }),
  of('blocked_name', 'block_is_never_deleted', 'a block is not removed', async (fixture) => {
    await insertBlock(fixture)
    await sql`delete from blocked_name`.execute(fixture.tx)
  }),
  of('blocked_name', 'block_is_never_truncated', 'blocks are not removed', ({ tx }) =>
    sql`truncate blocked_name`.execute(tx),
  ),
  of('listing', 'blocked_name_is_not_claimed', 'a blocked name is not claimed', async (fixture) => {
    const { tx, free, held } = fixture
    await insertBlock(fixture, free.name)
    await sql`alter table listing drop constraint holder_is_a_backorder`.execute(tx)
    await sql`update listing set holder = ${held.backorderId} where id = ${free.listingId}`.execute(tx)
  }),
]

export const withdrawalViolations: readonly Violation[] = [...confirmations, ...withdrawals, ...blocks]
