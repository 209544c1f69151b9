import { setTimeout as delay } from 'node:timers/promises'
import { type ObjectsNeed, objectsSuite } from '@droplock/epp/conformance/objects-suite'
import { type RegistrarNeed, registrarSuite } from '@droplock/epp/conformance/registrar-suite'
import { connectRegistrar } from '@droplock/epp/connect'
import { strictLike, verisignLike } from '@droplock/epp/profiles/profiles'
import type { RegistrarConfig } from '@droplock/epp/profiles/registrar-config'
import type { CreateDomain } from '@droplock/rules/ports/registrar'
import { afterEach, describe, expect, test } from 'vitest'
import type { RegistryOptions } from '../../registry-sim/src/registry/settings.ts'
import { startSimulator } from '../../registry-sim/src/start-simulator.ts'
import { sharedData } from '../../registry-sim/test/support/shared-data.ts'

/** A premium name becomes premium only with its purge. */
const PURGE_SOON_MS = 200
const CHECK_MS = 50
const LOOKS_MAX = 100

type Case = {
  readonly zone: string
  readonly registry: Partial<RegistryOptions>
  readonly registrar?: Partial<RegistrarConfig>
  readonly terms?: Partial<CreateDomain>
  /** The registry validates every frame of ours, and refuses and counts invalid ones. */
  readonly schemasFolder?: string | undefined
}

const limits = { sessionsMax: 2, commandsPerSecondMax: 40, idleMsMax: 600_000 }

async function open({ zone, registry: options, registrar: config, terms, schemasFolder }: Case) {
  const zones = [zone]
  const registries = [{ id: 'sim', zones, ownShare: 0, ...options }]
  const simulator = await startSimulator({ registries, schemasFolder })
  const [registry] = simulator.registries
  if (registry === undefined) throw new Error('the simulator has no registry')
  const { host, port, ca } = registry
  const registrar = await connectRegistrar({
    endpoint: { host, port, ca },
    credentials: { clID: 'droplock', password: 'sim-secret-1' },
    limits,
    ...config,
  })
  const at = (path: string) => `${simulator.control}/registries/sim/${path}`
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(at(path), { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${await answer.text()}`)
  }
  let names = 0
  const fresh = (kind: string) => `${kind}-${(names += 1)}.${zone}`
  /** In a daily registry names wait for a batch, which never runs here. */
  const dropAt = (ms: number) =>
    options.profile === 'verisign-like' ? {} : { purgeAt: new Date(Date.now() + ms).toISOString() }
  const load = async (name: string, kind: string, afterMs = 3_600_000) => {
    await post('names', {
      names: [{ name, kind, priorClid: 'registrar-12', rivals: [], ...dropAt(afterMs) }],
    })
  }
  return {
    registrar,
    clID: 'droplock',
    ...(terms && { terms }),
    freeName: async () => fresh('free'),
    heldName: async () => {
      const name = fresh('held')
      await load(name, 'withdrawn')
      await post('withdraw', { names: [name] })
      return name
    },
    droppingName: async () => {
      const name = fresh('dropping')
      await load(name, 'normal')
      return name
    },
    premiumName: async () => {
      const name = fresh('premium')
      await load(name, 'premium', PURGE_SOON_MS)
      for (let left = LOOKS_MAX; left > 0; left -= 1) {
        const checked = await registrar.check([name], `look-${name}-${left}`)
        if (checked.kind === 'answered' && checked.data?.[0]?.available === true) return name
        await delay(CHECK_MS)
      }
      throw new Error('the premium name was not purged')
    },
    freeContact: async () => fresh('C').slice(0, 16),
    freeHost: async () => `ns.${fresh('host').replace(`.${zone}`, '.example')}`,
    queueMessage: () => post('messages', { clid: 'droplock', text: 'A message' }),
    loseNextCreateAnswer: () => post('faults', { kind: 'cut_after_commit', on: 'commit', count: 1 }),
    /** Our violations and purchases by the registry's count. */
    account: async () => {
      const body = (await (await fetch(at('violations'))).json()) as { accounts: readonly AccountUse[] }
      const ours = body.accounts.find(({ clid }) => clid === 'droplock')
      if (ours === undefined) throw new Error('the registry does not know us')
      return ours
    },
    stop: () => simulator.stop(),
  }
}

type AccountUse = {
  readonly clid: string
  readonly violations: Readonly<Record<string, number>>
  readonly charged: readonly { readonly class: string }[]
}

const plain: Case = { zone: 'test', registry: { extensions: ['rgp', 'fee', 'secDNS'] } }

const strict: Case = {
  zone: 'test',
  registry: { profile: 'strict-like' },
  registrar: { ...(strictLike.dnssecUrgent !== undefined && { dnssecUrgent: strictLike.dnssecUrgent }) },
  terms: { registrant: 'suite-1' },
  schemasFolder: sharedData('xsd'),
}

const { extensions, subProducts } = verisignLike
const routed: Case = {
  zone: 'net',
  registry: { profile: 'verisign-like', zones: ['com', 'net'] },
  registrar: { ...(extensions && { extensions }), ...(subProducts && { subProducts }) },
}

/** The registrar port's suites with our client over TLS, against the simulated registry: two independent readings of the RFCs. */
describe('a registry of the usual kind', () => {
  registrarSuite({ test }, () => open(plain))
  objectsSuite({ test }, () => open(plain))
})

/** At the end there are no violations, and only standard names were bought. */
async function openStrict() {
  const world = await open(strict)
  const stop = async () => {
    const { violations, charged } = await world.account()
    await world.stop()
    const crossed = Object.entries(violations).filter(([, count]) => count > 0)
    expect({ crossed, charged: charged.map((one) => one.class) }).toEqual({
      crossed: [],
      charged: charged.map(() => 'standard'),
    })
  }
  return { ...world, stop }
}

describe('a registry that takes each clTRID once and hides the names of others', () => {
  const without = new Set<RegistrarNeed>(['a name that is dropping'])
  registrarSuite({ test }, openStrict, without)
  objectsSuite({ test }, openStrict)
})

describe('a registry of several products', () => {
  const lacks = new Set<ObjectsNeed>(['contacts', 'the fee extension', 'a premium name'])
  registrarSuite({ test }, () => open(routed))
  objectsSuite({ test }, () => open(routed), lacks)

  let world: Awaited<ReturnType<typeof open>> | undefined
  afterEach(async () => {
    await world?.registrar.close()
    await world?.stop()
    world = undefined
  })

  test('a check of names of both products is right for each', async () => {
    world = await open(routed)
    const create = { name: 'held.com', clTRID: 'C-1', years: 1, authInfo: '9-suite-Secret' } as const
    expect(await world.registrar.create(create)).toMatchObject({ code: 1000 })
    const names = ['free.com', 'free.net', 'held.com', 'other.net']
    const checked = await world.registrar.check(names, 'K-1')
    const availability = checked.kind === 'answered' ? checked.data : undefined
    expect(new Map(availability?.map(({ name, available }) => [name, available]))).toEqual(
      new Map([
        ['free.com', true],
        ['held.com', false],
        ['free.net', true],
        ['other.net', true],
      ]),
    )
  })

  test('hosts of both products are created and checked', async () => {
    world = await open(routed)
    const { registrar } = world
    for (const [index, zone] of ['com', 'net'].entries()) {
      const name = `own.${zone}`
      await registrar.create({ name, clTRID: `C-${index}`, years: 1, authInfo: '9-suite-Secret' })
      const order = { name: `ns1.own.${zone}`, addresses: ['192.0.2.1'], clTRID: `H-${index}` }
      expect(await registrar.hosts.create(order)).toMatchObject({ code: 1000 })
    }
    const checked = await registrar.hosts.check(['ns1.own.com', 'ns1.own.net', 'ns2.own.net'], 'K-2')
    expect(checked.kind === 'answered' && checked.data?.map(({ available }) => available)).toEqual([
      false,
      false,
      true,
    ])
  })
})
