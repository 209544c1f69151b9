import { attendSandboxDrop, type PlanDrops } from '@droplock/core/sandbox/attend'
import { describe, expect, test } from 'vitest'
import { sendUnreached, someKey } from './support/app.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { order, someId, wellFormed } from './support/requests.ts'
import { askWithoutSandbox, bodyOf, useSandbox } from './support/sandbox.ts'
import { givenCustomer } from './support/world.ts'

const on = useSandbox()
const { send, ask, zoneOf, requestDrop, listThem, attendAll, givenListed } = on
const dies: PlanDrops = () => Promise.reject(new Error('killed'))

describe('a drop', () => {
  answers(
    'createSandboxDrop',
    202,
    'without names it has one of each kind, with labels of its own',
    async () => {
      const customer = await givenCustomer(on.world.ctx)
      const zone = await zoneOf(customer)
      const [first, second] = [await requestDrop({}, customer.key), await requestDrop({}, customer.key)]
      expect(first.status).toBe(202)
      const body = await bodyOf(first)
      expect(body).toMatchObject({ state: 'preparing', time_scale: 1_440 })
      const kinds = body.names.map(({ name }) => name.replace(/-\d{6}\./, '.'))
      expect(kinds).toEqual(
        ['caught', 'lost', 'premium', 'withdrawn', 'missed', 'late', 'refundfails'].map(
          (kind) => `${kind}.${zone}`,
        ),
      )
      expect((await bodyOf(second)).names[0]?.name).not.toBe(body.names[0]?.name)
    },
  )

  answers('getSandboxDrop', 200, 'shows each name as it is listed, and whose it is', async () => {
    const { key, name, path } = await givenListed('caught-1')
    const placed = await send(order(name, key))
    const { id } = await bodyOf(placed)
    await attendAll()
    const drop = await ask(path, key)
    expect(drop).toMatchObject({
      state: 'running',
      names: [{ name, listing_state: 'open', drop_from: drop.drops_at, backorder_id: id }],
    })
    expect((await ask('/v1/sandbox', key)).drops).toEqual([drop])
  })

  test('of a name that is listed moves it, and notifies its holder', async () => {
    const { key, name, path, accountId } = await givenListed('caught-1')
    await send(order(name, key))
    const again = await bodyOf(await requestDrop({ names: [name] }, key))
    await attendAll()
    await attendAll()
    const listing = await ask(`/v1/listings/${name}`, key)
    expect(listing).toMatchObject({ drop_from: again.drops_at, held_by_you: true })
    const topics = await on.world.ctx.db
      .selectFrom('event')
      .select('topic')
      .where('account_id', '=', accountId)
      .execute()
    expect(topics.map(({ topic }) => topic)).toContain('backorder.rescheduled')
    // The earlier drop does not move it back.
    await attendAll(async (drops) =>
      expect(drops.map(({ dropsAt }) => dropsAt.toISOString())).not.toContain(
        (await ask(path, key)).drops_at,
      ),
    )
    expect((await ask(`/v1/listings/${name}`, key)).drop_from).toBe(again.drops_at)
  })
})

describe('a drop that nobody looks after', () => {
  test('in time is put off, so that there is time to order', async () => {
    const customer = await givenCustomer(on.world.ctx)
    const response = await requestDrop({ names: [`caught-1.${await zoneOf(customer)}`] }, customer.key)
    const before = await bodyOf(response)
    const late = new Date(Date.parse(before.drops_at) - 600_000)
    await on.world.ctx.db
      .updateTable('sandbox_drop')
      .set({ drops_at: late })
      .where('id', '=', before.id)
      .execute()
    await attendAll()
    const after = await ask(`/v1/sandbox/drops/${before.id}`, customer.key)
    expect(Date.parse(after.drops_at)).toBeGreaterThanOrEqual(Date.parse(before.drops_at))
  })

  test('any more is looked after by another, and by one at a time', async () => {
    const customer = await givenCustomer(on.world.ctx)
    const name = `caught-1.${await zoneOf(customer)}`
    await requestDrop({ names: [name] }, customer.key)
    const worker = on.world.contextOf('worker')
    const { db } = on.world.ctx
    await db
      .updateTable('sandbox_drop')
      .set({ attend_at: new Date(Date.now() + 3_600_000) })
      .execute()
    await db
      .updateTable('sandbox_drop')
      .set({ attend_at: new Date(0) })
      .where('account_id', '=', customer.accountId)
      .execute()
    await expect(attendSandboxDrop(worker, dies)).rejects.toThrow('killed')
    expect(await attendSandboxDrop(worker, listThem)).toBe(false)
    await attendAll()
    expect(await ask(`/v1/listings/${name}`, customer.key)).toMatchObject({ state: 'open' })
  })
})

describe('no drop', () => {
  refuses('getSandboxDrop', 'sandbox_drop_not_found', 'that of another account', async () => {
    const { path } = await givenListed('caught-1')
    const other = await givenCustomer(on.world.ctx)
    return send({ path, key: other.key })
  })

  refuses('getSandboxDrop', 'invalid_request', 'what is no id', () =>
    sendUnreached({ path: '/v1/sandbox/drops/one', key: someKey }),
  )

  refuses('createSandboxDrop', 'outside_sandbox', "a name of another account's sandbox", async () => {
    const { name } = await givenListed('caught-1')
    return requestDrop({ names: [name] }, (await givenCustomer(on.world.ctx)).key)
  })

  test.each(['example.test', 'sandbox', 'caught-1.sandbox', 'a.b.'])(
    'of %s is refused: it is in no own sandbox',
    async (name) => {
      const customer = await givenCustomer(on.world.ctx)
      const full = name.endsWith('.') ? `${name}${await zoneOf(customer)}` : name
      const { status } = await requestDrop({ names: [full] }, customer.key)
      expect(status).toBe(422)
    },
  )

  refuses('createSandboxDrop', 'sandbox_name_used', 'a name that has dropped', async () => {
    const { name, key } = await givenListed('caught-1')
    const ended = { state: 'unsold' as const, ended_at: new Date() }
    const { db } = on.world.ctx
    await db.updateTable('listing').set({ state: 'closed' }).where('name', '=', name).execute()
    await db.updateTable('listing').set({ state: 'dropping' }).where('name', '=', name).execute()
    await db.updateTable('listing').set(ended).where('name', '=', name).execute()
    return requestDrop({ names: [name] }, key)
  })

  refuses('createSandboxDrop', 'sandbox_limit_reached', 'more drops than may be under way', async () => {
    const customer = await givenCustomer(on.world.ctx)
    const zone = await zoneOf(customer)
    for (let count = 0; count < 20; count += 1)
      expect((await requestDrop({ names: [`n${count}.${zone}`] }, customer.key)).status).toBe(202)
    return requestDrop({ names: [`another.${zone}`] }, customer.key)
  })

  refuses('createSandboxDrop', 'invalid_name', 'what is no domain name', async () =>
    requestDrop({ names: ['no name'] }, (await givenCustomer(on.world.ctx)).key),
  )

  refuses('createSandboxDrop', 'invalid_request', 'a scale at which there is no time to order', () =>
    sendUnreached({ ...wellFormed.createSandboxDrop, body: { time_scale: 2_881 }, key: someKey }),
  )
})

describe('without a test world', () => {
  refuses('getSandbox', 'sandbox_only', 'whoever asks', () => askWithoutSandbox(wellFormed.getSandbox))

  refuses('createSandboxDrop', 'sandbox_only', 'whoever asks', () =>
    askWithoutSandbox(wellFormed.createSandboxDrop),
  )
})

test('a drop that is not there is not found', async () => {
  const { key } = await givenCustomer(on.world.ctx)
  await expectProblem(await send({ path: `/v1/sandbox/drops/${someId}`, key }), 'sandbox_drop_not_found')
})
