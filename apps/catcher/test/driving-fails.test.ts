import { onServer } from '@droplock/core/testing/server'
import { afterEach, expect, test } from 'vitest'
import { allDecided, outcomes, sessionsOf, violationsOf } from './support/outcomes.ts'
import { endGently, spawnCatcher } from './support/process.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

let testbed: Testbed
let end: () => Promise<unknown>

afterEach(async () => {
  await end()
  await testbed.end()
})

function start(environment: Readonly<Record<string, string>> = {}): void {
  const catcher = spawnCatcher(testbed, environment)
  end = () => endGently(catcher)
}

/** More than there may be sessions, so that one that stays open for each would be too many. */
const REFUSED = 6

/** The database refuses to write that the account is driven, as many times. */
const REFUSING = `
  create sequence refused;
  create function refuse_driven() returns trigger language plpgsql security definer as $$ begin
    if nextval('refused') <= ${REFUSED} then raise exception 'the database fails'; end if; return new; end $$;
  create trigger refuse_driven before update of driven_epoch on registry_account for each row execute function refuse_driven()`

async function countTries(): Promise<number> {
  return onServer(testbed.clone.url, async (client) => {
    const { rows } = await client.query<{ tries: string }>('select last_value as tries from refused')
    return Number(rows[0]?.tries)
  })
}

test('sessions that were opened before the database failed are closed before the account is let go', async () => {
  testbed = await startTestbed()
  await onServer(testbed.clone.url, (client) => client.query(REFUSING))
  start()
  await waitUntil('it drives the account after all', async () => (await countTries()) > REFUSED)
  await testbed.order([{ name: 'ours.test', kind: 'normal', rivals: [] }], 4_000)
  await waitUntil('it is decided', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })
  expect(await violationsOf(testbed)).toMatchObject({ sessions: 0 })
})

test('a catcher whose database hangs ends its sessions when its lease is lost, not when the database answers', async () => {
  testbed = await startTestbed()
  await onServer(testbed.clone.url, async (client) => {
    await client.query('begin; lock table alarm')
    start({ DROPLOCK_DATABASE_ANSWER_MS: '300000' })
    await waitUntil('its sessions are open', async () => (await sessionsOf(testbed)) > 0)
    await testbed.clone.db
      .updateTable('registry_account')
      .set({ lease_owner: testbed.catcher.newId() })
      .execute()
    await waitUntil('they are closed', async () => (await sessionsOf(testbed)) === 0)
    await client.query('rollback')
  })
})

test('a catcher that asks nothing about the order of batches (DROPLOCK_SURVEY_PERCENT=0) catches', async () => {
  testbed = await startTestbed()
  start({ DROPLOCK_SURVEY_PERCENT: '0' })
  await testbed.order([{ name: 'ours.test', kind: 'normal', rivals: [] }], 4_000)
  await waitUntil('it is decided', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })
})
