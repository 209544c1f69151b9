import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { CreateDomain, Registrar, Sent } from '@droplock/rules/ports/registrar'
import { answered, type Case, runCases, type SuiteRunner } from './suite.ts'

/** A registrar and its registry, for one test. Names are A-labels in the registry's zones, new on every call. */
export type RegistrarWorld = {
  readonly registrar: Registrar
  /** The registrar's client id at the registry. */
  readonly clID: string
  /** A name that a create would register now. */
  freeName(): Promise<string>
  /** A name that another registrar holds and keeps. */
  heldName(): Promise<string>
  /** A name of another registrar in pendingDelete (RGP), not purged during the test. */
  droppingName(): Promise<string>
  /** The registry carries out the next create, and the connection breaks before its answer. */
  loseNextCreateAnswer(): Promise<void>
  /** What a create of a name must carry at this registry. */
  readonly terms?: Partial<CreateDomain>
  stop(): Promise<void>
}

/** What a registry may not be able to show. */
export type RegistrarNeed = 'a name that is held' | 'a name that is dropping'

/** Some registries end the connection of a client that ever used a clTRID before: 122 random bits a run see to it. */
const RUN = randomUUID()
let serial = 0
const id = (): string => `${RUN}-${(serial += 1)}`

function order(name: string, { terms }: RegistrarWorld): CreateDomain {
  return { ...terms, name, clTRID: id(), years: 1, authInfo: '9-suite-Secret' }
}

/** What every implementation of the registrar port guarantees: the EPP client at any registry, and any substitute. */
export function registrarSuite(
  runner: SuiteRunner,
  open: () => Promise<RegistrarWorld>,
  without: ReadonlySet<RegistrarNeed> = new Set(),
): void {
  runCases(runner, { ...answers, ...doubts }, open, without)
}

const answers: Record<string, Case<RegistrarWorld, RegistrarNeed>> = {
  'a free name is registered, and info then names us and the same creation date': {
    run: async (world) => {
      const name = await world.freeName()
      const created = answered(await world.registrar.create(order(name, world)))
      assert.equal(created.code, 1000)
      assert.equal(created.data?.name, name)
      assert.notEqual(created.svTRID, '')
      const info = answered(await world.registrar.info(name, id()))
      assert.equal(info.data?.clID, world.clID)
      assert.deepEqual(info.data?.crDate, created.data?.crDate)
    },
  },

  'a create of a registered name is refused with 2302 and without data': {
    needs: 'a name that is held',
    run: async (world) => {
      const refused = answered(await world.registrar.create(order(await world.heldName(), world)))
      assert.equal(refused.code, 2302)
      assert.equal(refused.data, undefined)
    },
  },

  'of creates at the same time for one name, one succeeds': {
    run: async (world) => {
      const name = await world.freeName()
      const tried = await Promise.all(
        Array.from({ length: 4 }, () => world.registrar.create(order(name, world))),
      )
      const codes = tried.map((answer) => answered(answer).code)
      assert.deepEqual(codes.toSorted(), [1000, 2302, 2302, 2302])
    },
  },

  'a name before its purge shows pendingDelete, by EPP and by RGP': {
    needs: 'a name that is dropping',
    run: async (world) => {
      const { data } = answered(await world.registrar.info(await world.droppingName(), id()))
      assert.notEqual(data?.clID, world.clID)
      assert.equal(data?.statuses.includes('pendingDelete'), true)
      assert.deepEqual(data?.rgpStatuses, ['pendingDelete'])
    },
  },

  'info on a name that is not registered is answered 2303': {
    run: async (world) => {
      assert.equal(answered(await world.registrar.info(await world.freeName(), id())).code, 2303)
    },
  },

  'a check distinguishes free and registered names': {
    needs: 'a name that is held',
    run: async (world) => {
      const [free, held] = [await world.freeName(), await world.heldName()]
      const { data } = answered(await world.registrar.check([free, held], id()))
      const available = new Map(data?.map((one) => [one.name, one.available]))
      assert.deepEqual([available.get(free), available.get(held)], [true, false])
    },
  },

  'the registry’s clock is measured with a finite error': {
    run: async (world) => {
      const { offsetMs, errorMs } = await world.registrar.measureClock()
      assert.ok(Number.isFinite(offsetMs))
      assert.ok(errorMs >= 0 && Number.isFinite(errorMs))
    },
  },
}

const doubts: Record<string, Case<RegistrarWorld, RegistrarNeed>> = {
  'the record made before sending has the clTRID of the answer': {
    run: async (world) => {
      const recorded: Sent[] = []
      const wanted = order(await world.freeName(), world)
      const { clTRID, sentAt, sentAtMs, answeredAtMs } = answered(
        await world.registrar.create(wanted, (sent) => recorded.push(sent)),
      )
      assert.equal(clTRID, wanted.clTRID)
      assert.deepEqual(recorded, [{ clTRID, sentAt, sentAtMs }])
      assert.ok(answeredAtMs >= sentAtMs)
    },
  },

  'a create whose answer is lost is unknown, and info shows that the name is ours': {
    run: async (world) => {
      const name = await world.freeName()
      await world.loseNextCreateAnswer()
      const wanted = order(name, world)
      const answer = await world.registrar.create(wanted)
      assert.equal(answer.kind, 'unknown')
      assert.equal(answer.clTRID, wanted.clTRID)
      const info = answered(await world.registrar.info(name, id()))
      assert.equal(info.data?.clID, world.clID)
    },
  },

  'when the record before sending fails, nothing is sent': {
    run: async (world) => {
      const name = await world.freeName()
      const answer = await world.registrar.create(order(name, world), () => {
        throw new Error('no record')
      })
      assert.equal(answer.kind, 'not_sent')
      assert.equal(answered(await world.registrar.info(name, id())).code, 2303)
    },
  },

  'after closing nothing is sent, and closing again does nothing': {
    run: async (world) => {
      await world.registrar.close()
      await world.registrar.close()
      const recorded: Sent[] = []
      const answer = await world.registrar.create(order(await world.freeName(), world), (sent) =>
        recorded.push(sent),
      )
      assert.equal(answer.kind, 'not_sent')
      assert.deepEqual(recorded, [])
    },
  },
}
