import { ConnectionTestList } from '@droplock/contracts/console/connection-test'
import { ZoneFeeAnswerList } from '@droplock/contracts/console/prices'
import { RegistryEditPreview, RegistrySettings } from '@droplock/contracts/console/registry-settings'
import { profileLimitsOf } from '@droplock/epp/profiles/registrar-config'
import { beforeAll, expect, test } from 'vitest'
import {
  givenListings,
  givenRegistry,
  REGISTRY,
  REGISTRY_ACCOUNT,
  ZONE,
} from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
const reason = 'the contract of 2027'
const path = `/api/registries/${REGISTRY}`
let ann: Person
let bob: Person

const post = (who: Person, to: string, body: unknown) => who.send({ method: 'POST', path: to, body })
const read = async () => expectBody(await ann.send({ path }), 200, RegistrySettings)

beforeAll(async () => {
  await givenRegistry(world.ctx)
  ann = await givenPerson(world, 'operator')
  bob = await givenPerson(world, 'operator')
})

test('an account is shown with the limits of its contract beside those of its profile, and no password', async () => {
  const { accounts, profile } = await read()
  expect(profile).toBe('generic')
  const { sessionsMax, idleSecondsMax } = profileLimitsOf('generic')
  expect(accounts).toMatchObject([
    {
      id: REGISTRY_ACCOUNT,
      limits: { sessions_max: 4, commands_per_second_max: 40 },
      profile_limits: { sessions_max: sessionsMax, idle_seconds_max: idleSecondsMax },
    },
  ])
  expect(accounts[0]).not.toHaveProperty('password_name')
})

test('two operators edit one account: the second is refused with the version in force, and goes on from it', async () => {
  const { version } = await read()
  const account = { id: REGISTRY_ACCOUNT, limits: { sessions_max: 3 } }
  const seen = await expectBody(await post(ann, `${path}/preview`, { account }), 200, RegistryEditPreview)
  expect(seen.before.accounts[0]?.limits).toEqual({ sessions_max: 4, commands_per_second_max: 40 })
  expect(seen.after.accounts[0]?.limits).toEqual({ sessions_max: 3 })
  const changed = await expectBody(await post(ann, path, { account, version, reason }), 200, RegistrySettings)
  expect(changed).toMatchObject({ version: version + 1, accounts: [{ limits: { sessions_max: 3 } }] })
  const late = { account: { ...account, limits: { sessions_max: 9 } }, reason }
  expect(await expectProblem(await post(bob, path, { ...late, version }), 'stale_version')).toMatchObject({
    version: version + 1,
  })
  await expectBody(await post(bob, path, { ...late, version: version + 1 }), 200, RegistrySettings)
  expect((await read()).accounts[0]?.limits).toEqual({ sessions_max: 9 })
})

test('the terms of a zone and how its lists are checked are edited by the role of the API', async () => {
  await givenListings(world.ctx, { names: ['asked.test'] })
  const { version, quarantine } = await read()
  const zone = {
    name: ZONE,
    standard_fee_minor: 1_300,
    renew_fee_minor: 1_200,
    phase_fee_minor: 0,
    may_have_premium: true,
    contact_roles: ['registrant'],
    late_renewal_days: 30,
    auto_renew_grace_days: 45,
  }
  const limits = { ...quarantine, moved_percent_max: 7 }
  const after = await expectBody(
    await post(ann, path, { zone, quarantine: limits, version, reason }),
    200,
    RegistrySettings,
  )
  expect(after.zones).toMatchObject([{ name: ZONE, standard_fee: { amount_minor: 1_300 } }])
  expect(after.quarantine.moved_percent_max).toBe(7)
  const unknown = { ...zone, hosts: [] }
  await expectProblem(await post(ann, path, { zone: unknown, version, reason }), 'invalid_request')
})

test('a host cannot be edited by a session, for it is sent our password', async () => {
  const { version } = await read()
  const account = { id: REGISTRY_ACCOUNT, limits: {}, hosts: [{ host: 'elsewhere.test', port: 700 }] }
  await expectProblem(await post(ann, path, { account, version, reason }), 'invalid_request')
})

test('a connection test is requested once, and listed with who requested it', async () => {
  const body = { registry_account_id: REGISTRY_ACCOUNT }
  expect((await post(ann, '/api/connection-tests', body)).status).toBe(201)
  await expectProblem(await post(bob, '/api/connection-tests', body), 'connection_test_open')
  await expectProblem(
    await post(bob, '/api/connection-tests', { registry_account_id: 'nobody' }),
    'registry_account_not_found',
  )
  const list = await ann.send({
    path: `/api/connection-tests?registry_account_id=${encodeURIComponent(REGISTRY_ACCOUNT)}`,
  })
  const { items } = await expectBody(list, 200, ConnectionTestList)
  expect(items).toMatchObject([{ state: 'requested', requested_by: ann.email, findings: {} }])
})

const at = (minute: number) => new Date(Date.UTC(2026, 1, 1, 9, minute))

async function findAnswers(query: string) {
  const answer = await ann.send({ path: `/api/fee-answers${query}` })
  return (await expectBody(answer, 200, ZoneFeeAnswerList)).items
}

test('answers about prices are listed by zone and verdict, the newest first', async () => {
  const listing = await world.ctx.db
    .selectFrom('listing')
    .select('id')
    .where('name', '=', 'asked.test')
    .executeTakeFirstOrThrow()
  const answer = { listing_id: listing.id, registry_account_id: REGISTRY_ACCOUNT, changed: false, code: 1000 }
  for (const [minute, verdict, fee] of [
    [1, 'standard', 1_300n],
    [2, 'premium', 50_000n],
  ] as const)
    await world.ctx.db
      .insertInto('fee_answer')
      .values({
        ...answer,
        id: world.ctx.newId(),
        cltrid: `c-${minute}`,
        asked_at: at(minute),
        answered_at: at(minute),
        verdict,
        fee_minor: fee,
        currency: 'USD',
      })
      .execute()
  expect((await findAnswers(`?zone=${ZONE}`)).map(({ verdict }) => verdict)).toEqual(['premium', 'standard'])
  expect(await findAnswers('?verdict=premium')).toMatchObject([
    { name: 'asked.test', zone: ZONE, fee: { amount_minor: 50_000, currency: 'USD' } },
  ])
  expect(await findAnswers('?zone=other')).toEqual([])
})
