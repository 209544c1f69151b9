import assert from 'node:assert/strict'
import type { Answer, Answered, CreateDomain, Registrar, Sent } from '@droplock/rules/ports/registrar'

/** A registrar and the registry behind it, for one test. Names are A-labels the registry serves, fresh on every call. */
export type RegistrarWorld = {
  readonly registrar: Registrar
  /** The registrar's own id at the registry. */
  readonly clID: string
  /** A name that a create would register now. */
  freeName(): Promise<string>
  /** A name that another registrar holds and keeps. */
  heldName(): Promise<string>
  /** A name of another registrar in pendingDelete (RGP), not purged during the test. */
  droppingName(): Promise<string>
  /** The next create is carried out, and the connection dies before its answer. */
  loseNextCreateAnswer(): Promise<void>
  stop(): Promise<void>
}

/** As much of a test runner as is needed. */
export type SuiteRunner = { test(name: string, run: () => Promise<void>): void }

type Case = (world: RegistrarWorld, order: (name: string) => CreateDomain) => Promise<void>

/** What every implementation of the registrar port keeps: the EPP client on whatever registry, and any stand-in. */
export function registrarSuite({ test }: SuiteRunner, open: () => Promise<RegistrarWorld>): void {
  let orders = 0
  const order = (name: string): CreateDomain => {
    orders += 1
    return { name, clTRID: `SUITE-${orders}`, years: 1, authInfo: '9-suite-Secret' }
  }
  for (const [name, run] of Object.entries({ ...answers, ...doubts })) {
    test(name, async () => {
      const world = await open()
      try {
        await run(world, order)
      } finally {
        await world.registrar.close()
        await world.stop()
      }
    })
  }
}

function answered<Data>(answer: Answer<Data>): Answered<Data> {
  if (answer.kind !== 'answered') assert.fail(`${answer.kind}: ${answer.reason}`)
  return answer
}

const answers: Record<string, Case> = {
  'a free name is registered, and info then names us and the same creation date': async (world, order) => {
    const name = await world.freeName()
    const created = answered(await world.registrar.create(order(name)))
    assert.equal(created.code, 1000)
    assert.equal(created.data?.name, name)
    assert.notEqual(created.svTRID, '')
    const info = answered(await world.registrar.info(name, 'SUITE-INFO'))
    assert.equal(info.data?.clID, world.clID)
    assert.deepEqual(info.data?.crDate, created.data?.crDate)
  },

  'a name that is held is refused with 2302 and without data': async (world, order) => {
    const refused = answered(await world.registrar.create(order(await world.heldName())))
    assert.equal(refused.code, 2302)
    assert.equal(refused.data, undefined)
  },

  'of creates at the same time for one name, one succeeds': async (world, order) => {
    const name = await world.freeName()
    const tried = await Promise.all(Array.from({ length: 4 }, () => world.registrar.create(order(name))))
    const codes = tried.map((answer) => answered(answer).code)
    assert.deepEqual(codes.toSorted(), [1000, 2302, 2302, 2302])
  },

  'a name before its purge shows pendingDelete, by EPP and by RGP': async (world) => {
    const { data } = answered(await world.registrar.info(await world.droppingName(), 'SUITE-INFO'))
    assert.notEqual(data?.clID, world.clID)
    assert.equal(data?.statuses.includes('pendingDelete'), true)
    assert.deepEqual(data?.rgpStatuses, ['pendingDelete'])
  },

  'a name that nobody holds is answered with 2303': async (world) => {
    assert.equal(answered(await world.registrar.info(await world.freeName(), 'SUITE-INFO')).code, 2303)
  },

  'a check tells free from held': async (world) => {
    const [free, held] = [await world.freeName(), await world.heldName()]
    const { data } = answered(await world.registrar.check([free, held], 'SUITE-CHECK'))
    const available = new Map(data?.map((one) => [one.name, one.available]))
    assert.deepEqual([available.get(free), available.get(held)], [true, false])
  },

  'the registry’s clock is measured with a finite error': async (world) => {
    const { offsetMs, errorMs } = await world.registrar.measureClock()
    assert.ok(Number.isFinite(offsetMs))
    assert.ok(errorMs >= 0 && Number.isFinite(errorMs))
  },
}

const doubts: Record<string, Case> = {
  'what is told before sending is what the answer carries': async (world, order) => {
    const told: Sent[] = []
    const wanted = order(await world.freeName())
    const { clTRID, sentAt, sentAtMs, answeredAtMs } = answered(
      await world.registrar.create(wanted, (sent) => told.push(sent)),
    )
    assert.equal(clTRID, wanted.clTRID)
    assert.deepEqual(told, [{ clTRID, sentAt, sentAtMs }])
    assert.ok(answeredAtMs >= sentAtMs)
  },

  'a create whose answer is lost is unknown, and info tells that it is ours': async (world, order) => {
    const name = await world.freeName()
    await world.loseNextCreateAnswer()
    const wanted = order(name)
    const answer = await world.registrar.create(wanted)
    assert.equal(answer.kind, 'unknown')
    assert.equal(answer.clTRID, wanted.clTRID)
    const info = answered(await world.registrar.info(name, 'SUITE-INFO'))
    assert.equal(info.data?.clID, world.clID)
  },

  'when the record before sending fails, nothing is sent': async (world, order) => {
    const name = await world.freeName()
    const answer = await world.registrar.create(order(name), () => {
      throw new Error('no record')
    })
    assert.equal(answer.kind, 'not_sent')
    assert.equal(answered(await world.registrar.info(name, 'SUITE-INFO')).code, 2303)
  },

  'after closing nothing is sent, and closing again does no harm': async (world, order) => {
    await world.registrar.close()
    await world.registrar.close()
    const told: Sent[] = []
    const answer = await world.registrar.create(order(await world.freeName()), (sent) => told.push(sent))
    assert.equal(answer.kind, 'not_sent')
    assert.deepEqual(told, [])
  },
}
