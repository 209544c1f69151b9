import { gunzipSync } from 'node:zlib'
import { asService } from '@droplock/core/context'
import { writeDropList } from '@droplock/core/drop-lists/write'
import { notifyNearCutoffs } from '@droplock/core/notices'
import { openSandbox } from '@droplock/core/sandbox/open'
import { describe, expect, test } from 'vitest'
import { answers, expectProblem } from './support/refuses.ts'
import { order } from './support/requests.ts'
import { bodyOf, sandbox, useSandbox } from './support/sandbox.ts'
import { givenCustomer, givenListings, useWorld } from './support/world.ts'

/** Its sandbox is opened after its accounts. */
const late = useWorld()
const on = useSandbox()
const { send, ask, zoneOf, givenListed } = on

describe('a sandbox', () => {
  answers('getSandbox', 200, 'an account has a zone of its own, which says nothing of it', async () => {
    const [one, other] = [await givenCustomer(on.world.ctx), await givenCustomer(on.world.ctx)]
    const own = await ask('/v1/sandbox', one.key)
    expect(own).toMatchObject({ zone: expect.stringMatching(/^[a-z]{8}\.sandbox$/), drops: [] })
    expect(own.kinds.map(({ label }) => label)).toContain('caught-*')
    expect(await zoneOf(other)).not.toBe(own.zone)
  })

  test('accounts that were there before it have one too, with the terms and prices of its original', async () => {
    const early = await givenCustomer(late.ctx)
    await openSandbox(asService(late.ctx), sandbox)
    const page = await bodyOf(await late.send({ path: '/v1/zones', key: early.key }))
    const zone = page.items.find((each) => each.zone.endsWith('.sandbox'))
    expect(zone).toMatchObject({
      cutoff_lead_seconds: 15,
      prices: [{ kind: 'tier', match: 'standard', price: { amount_minor: 2_900 } }],
      renewal_price: { amount_minor: 1_500 },
    })
    await openSandbox(asService(late.ctx), {
      ...sandbox,
      reason: 'more time to order',
      zone: { ...sandbox.zone, cutoffLeadSeconds: 20 },
    })
    const changed = await late.send({ path: `/v1/zones/${zone?.zone}`, key: early.key })
    expect(await changed.json()).toMatchObject({ zone: zone?.zone, cutoff_lead_seconds: 20 })
  })

  test('has every column of the zone that it is a copy of', async () => {
    const { accountId } = await givenCustomer(on.world.ctx)
    const unusual = { late_renewal_days: 7, grace_probe_seconds: 17, drift_later_seconds_max: 3 }
    const { db } = on.world.ctx
    await db.updateTable('zone').set(unusual).where('name', '=', 'sandbox').execute()
    await openSandbox(asService(on.world.ctx), sandbox)
    const { accountId: later } = await givenCustomer(on.world.ctx)
    const zones = await db
      .selectFrom('zone')
      .selectAll()
      .where('is_sandbox', '=', true)
      .where((eb) =>
        eb.or([eb('sandbox_account_id', 'is', null), eb('sandbox_account_id', 'in', [accountId, later])]),
      )
      .execute()
    // How often its policy was edited is each zone's own.
    const own = { name: null, sandbox_account_id: null, policy_version: null }
    const [first, ...others] = zones.map((zone) => ({ ...zone, ...own }))
    expect(others).toEqual([first, first])
    expect(first).toMatchObject(unusual)
  })
})

/** What the caller sees of a name in a sandbox, wherever names and zones are shown. */
async function look(of: string, name: string) {
  const zone = name.slice(name.indexOf('.') + 1)
  return {
    zones: (await ask('/v1/zones', of)).items.map((each) => each.zone),
    names: (await ask('/v1/listings?total=true', of)).items.map((each) => each.name),
    total: (await ask('/v1/listings?total=true', of)).total,
    byZone: (await ask(`/v1/listings?zone=${zone}`, of)).items.length,
    byPrice: (await ask('/v1/listings?order=price', of)).items.length,
    orderable: (await ask(`/v1/listings?orderable=true&q=caught`, of)).items.length,
    listing: (await send({ path: `/v1/listings/${name}`, key: of })).status,
    zone: (await send({ path: `/v1/zones/${zone}`, key: of })).status,
    cursor: (await send({ path: `/v1/zones?cursor=${zone}`, key: of })).status,
    watched: (await bodyOf(await send({ method: 'PUT', path: `/v1/watches/${name}`, key: of }))).listing
      ?.name,
    dropListZones: (await ask('/v1/drop-lists/latest', of)).zones.map((each) => each.zone),
    file: (await send({ path: `/v1/drop-lists/latest/file?zone=${zone}`, key: of })).status,
    calendar: (await (await send({ path: '/v1/calendar.ics', key: of })).text()).includes(zone),
  }
}

describe('the sandbox of another account', () => {
  test('is not there: neither its zone nor its names are seen, searched, counted, checked, watched or ordered', async () => {
    const { key, zone, name } = await givenListed('caught-1')
    await writeDropList(on.world.contextOf('worker'))
    const other = await givenCustomer(on.world.ctx)
    expect(await look(key, name)).toMatchObject({
      zones: expect.arrayContaining([zone, 'test']),
      names: expect.arrayContaining([name]),
      byZone: 1,
      orderable: 1,
      listing: 200,
      zone: 200,
      cursor: 200,
      watched: name,
      dropListZones: expect.arrayContaining([zone]),
      file: 200,
      calendar: true,
    })
    const seen = await look(other.key, name)
    expect(seen).toMatchObject({
      byZone: 0,
      byPrice: 0,
      orderable: 0,
      total: 0,
      listing: 404,
      zone: 404,
      cursor: 422,
      watched: undefined,
      file: 404,
      calendar: false,
    })
    expect(
      [...seen.zones, ...seen.names, ...seen.dropListZones].filter((text) => text.endsWith(zone)),
    ).toEqual([])
    const check = await send({ ...order(name, other.key), path: '/v1/backorder-checks' })
    expect(await check.json()).toMatchObject({ reasons: [{ code: 'listing_not_found' }] })
    await expectProblem(await send(order(name, other.key)), 'listing_not_found')
    expect((await send(order(name, key))).status).toBe(201)
    await expectProblem(await send(order(name, other.key)), 'listing_not_found')
  })

  test('does not show in the order of a name that is under way', async () => {
    const { key, name } = await givenListed('caught-1')
    const other = await givenCustomer(on.world.ctx)
    const [own, ...foreign] = await Promise.all([
      send(order(name, key)),
      ...Array.from({ length: 5 }, () => send(order(name, other.key))),
    ])
    expect(own?.status).toBe(201)
    for (const response of foreign) await expectProblem(response, 'listing_not_found')
  })

  test('is in no file that all accounts download', async () => {
    const { key, name } = await givenListed('caught-1')
    await givenListings(on.world.ctx, ['public.test'])
    await writeDropList(on.world.contextOf('worker'))
    const { names } = (await (await send({ path: '/v1/drop-lists/latest', key })).json()) as { names: number }
    const file = await send({ path: '/v1/drop-lists/latest/file', key })
    const text = gunzipSync(Buffer.from(await file.arrayBuffer())).toString()
    expect(text).toContain('public.test')
    expect(text).not.toContain(name)
    expect(text.trim().split('\n')).toHaveLength(names + 1)
  })
})

test('those who watch names of another sandbox are notified of nothing, and such names are in no forecast', async () => {
  const { key, name, zone, accountId } = await givenListed('caught-1')
  const [other, held] = [await givenCustomer(on.world.ctx), `lost-1.${zone}`]
  await on.requestDrop({ names: [held], time_scale: 1 }, key)
  await on.attendAll()
  expect((await send(order(held, key))).status).toBe(201)
  for (const of of [key, other.key])
    for (const watched of [name, held]) await send({ method: 'PUT', path: `/v1/watches/${watched}`, key: of })
  await on.requestDrop({ names: [name, held] }, key)
  await on.attendAll()
  await notifyNearCutoffs(on.world.contextOf('worker'))
  const topicsOf = async (account: string) => {
    const events = on.world.ctx.db.selectFrom('event').select('topic').where('account_id', '=', account)
    return (await events.execute())
      .map(({ topic }) => topic)
      .filter((topic) => /near|rescheduled/.test(topic))
  }
  expect((await topicsOf(accountId)).toSorted()).toEqual([
    'backorder.rescheduled',
    'watch.cutoff_near',
    'watch.rescheduled',
  ])
  expect(await topicsOf(other.accountId)).toEqual([])
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const watchedBy = async (of: string) =>
    (await send({ path: `/v1/forecast?until=${until}`, key: of })).json()
  expect(await watchedBy(key)).toMatchObject({ watched: { count: 1 } })
  expect(await watchedBy(other.key)).toMatchObject({ watched: { count: 0 } })
})
