import { ScheduleCalendar } from '@droplock/contracts/console/calendar'
import { ListingList } from '@droplock/contracts/console/listings'
import { ChangedListingList, ChangeList, ChangePreview } from '@droplock/contracts/console/schedule-changes'
import { SyncRunChangeList, SyncRunList } from '@droplock/contracts/console/sync-runs'
import { BlockedNameList, BlockResults, WithdrawalList } from '@droplock/contracts/console/withdrawals'
import { Policy, ZonePolicyList } from '@droplock/contracts/console/zone-policy'
import { placeBackorder } from '@droplock/core/backorders/place'
import { beforeAll, expect, test } from 'vitest'
import {
  givenAccount,
  givenListings,
  givenRegistry,
  REGISTRY,
  ZONE,
} from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { inHours } from './support/requests.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
const reason = 'the registry announced it'
const idn = 'xn--bcher-kva.test'
let ann: Person
beforeAll(async () => {
  await givenRegistry(world.ctx)
  ann = await givenPerson(world, 'operator')
  await givenListings(world.ctx, { names: ['one.test', 'two.test', idn], purgeAt: new Date(inHours(48)) })
  const buyer = await givenAccount(world.ctx)
  await placeBackorder(buyer, { name: 'one.test', payment: 'balance' })
})

const post = (path: string, body: unknown) => ann.send({ method: 'POST', path, body })
const dayOf = (instant: string) => instant.slice(0, 10)

test('the calendar counts names and paid orders by day and zone, with what our accounts can try', async () => {
  const query = `from=${dayOf(inHours(0))}&to=${dayOf(inHours(96))}&zone=${ZONE}`
  const calendar = await expectBody(await ann.send({ path: `/api/calendar?${query}` }), 200, ScheduleCalendar)
  expect(calendar.days).toMatchObject([
    { day: dayOf(inHours(48)), zone: ZONE, registry_id: REGISTRY, names: 3, paid: 1, unpaid: 0 },
  ])
  expect(calendar.registries).toMatchObject([{ id: REGISTRY }])
  const other = await ann.send({ path: `/api/calendar?${query.replace(ZONE, 'none')}` })
  expect((await expectBody(other, 200, ScheduleCalendar)).days).toEqual([])
})

test('a calendar of too many days, or of none, is refused', async () => {
  const of = (from: string, to: string) => ann.send({ path: `/api/calendar?from=${from}&to=${to}` })
  await expectProblem(await of('2026-01-01', '2026-03-01'), 'invalid_period')
  await expectProblem(await of('2026-02-02', '2026-02-01'), 'invalid_period')
  await expectProblem(await of('2026-02-30', '2026-03-01'), 'invalid_request')
})

test('policies of zones are listed and found; of two edits of one version the second is refused', async () => {
  const find = async (query: string) =>
    (await expectBody(await ann.send({ path: `/api/zone-policies?${query}` }), 200, ZonePolicyList)).items
  expect(await find(`q=.${ZONE}&registry_id=${REGISTRY}`)).toMatchObject([{ zone: ZONE }])
  expect(await find('q=none')).toEqual([])
  expect(await find('release=applications')).toEqual([])
  const path = `/api/zones/${ZONE}/policy`
  const { version } = await expectBody(await ann.send({ path }), 200, Policy)
  const edit = (seconds: number) => post(path, { grace_probe_seconds: seconds, version, reason })
  expect(await expectBody(await edit(900), 200, Policy)).toMatchObject({ grace_probe_seconds: 900 })
  await expectProblem(await edit(1_200), 'zone_policy_changed')
})

test('a name typed in Unicode is found in every list of names', async () => {
  const typed = encodeURIComponent('BÜCHER')
  const listings = await ann.send({ path: `/api/listings?q=${typed}` })
  expect((await expectBody(listings, 200, ListingList)).items).toMatchObject([{ name: idn }])

  const filter = { names: ['bücher.test', 'two.test'] }
  const draft = await post('/api/schedule-changes', { action: { kind: 'shift', seconds: 60 }, filter })
  const { id, counts } = await expectBody(draft, 201, ChangePreview)
  expect(counts.listings).toBe(2)
  const changed = await ann.send({ path: `/api/schedule-changes/${id}/listings?q=${typed}` })
  expect((await expectBody(changed, 200, ChangedListingList)).items).toMatchObject([{ name: idn }])

  const runs = await expectBody(await ann.send({ path: '/api/sync-runs?state=published' }), 200, SyncRunList)
  const changes = await ann.send({ path: `/api/sync-runs/${runs.items[0]?.id}/changes?q=${typed}` })
  expect((await expectBody(changes, 200, SyncRunChangeList)).items).toMatchObject([{ name: idn }])

  await expectBody(await post('/api/blocked-names', { names: ['bücher.test'], reason }), 200, BlockResults)
  const blocked = await ann.send({ path: `/api/blocked-names?q=${typed}&zone=${ZONE}&from=${inHours(-1)}` })
  expect((await expectBody(blocked, 200, BlockedNameList)).items).toMatchObject([{ name: idn }])
  const query = `q=${typed}&zone=${ZONE}&registry_id=${REGISTRY}&means=operator&from=${inHours(-1)}`
  const withdrawn = await ann.send({ path: `/api/withdrawals?${query}` })
  expect((await expectBody(withdrawn, 200, WithdrawalList)).items).toMatchObject([{ name: idn }])
  const byRdap = await ann.send({ path: `/api/withdrawals?${query.replace('operator', 'rdap')}` })
  expect((await expectBody(byRdap, 200, WithdrawalList)).items).toEqual([])
})

test('changes of schedules are found by zone, registry and time, and say which names they are about', async () => {
  const filter = { zone: ZONE, registry_id: REGISTRY, state: 'open' }
  await expectBody(
    await post('/api/schedule-changes', { action: { kind: 'shift', seconds: 60 }, filter }),
    201,
    ChangePreview,
  )
  const find = async (query: string) => {
    const list = await ann.send({ path: `/api/schedule-changes?state=draft&${query}` })
    return (await expectBody(list, 200, ChangeList)).items
  }
  expect(await find(`zone=${ZONE}&registry_id=${REGISTRY}&from=${inHours(-1)}`)).toMatchObject([{ filter }])
  expect(await find('zone=none')).toEqual([])
  expect(await find(`to=${inHours(-1)}`)).toEqual([])
})

test('lists that were read are found by their time and whether they were dry runs', async () => {
  const find = async (query: string) =>
    (await expectBody(await ann.send({ path: `/api/sync-runs?${query}` }), 200, SyncRunList)).total
  expect(await find(`dry_run=false&from=${inHours(-1)}`)).toBeGreaterThan(0)
  expect(await find('dry_run=true')).toBe(0)
  expect(await find(`to=${inHours(-1)}`)).toBe(0)
  expect(await find('source_id=01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44')).toBe(0)
})
