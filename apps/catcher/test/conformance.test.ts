import { setTimeout as delay } from 'node:timers/promises'
import { objectsSuite } from '@droplock/epp/conformance/objects-suite'
import { registrarSuite } from '@droplock/epp/conformance/registrar-suite'
import { connectRegistrar } from '@droplock/epp/connect'
import { test } from 'vitest'
import { startSimulator } from '../../registry-sim/src/start-simulator.ts'

/** The registrar port's suite, by our client, over TLS, against the simulated registry: two readings of the RFCs meet. */
registrarSuite({ test }, open)
objectsSuite({ test }, open)

/** A premium name is one only once it is purged. */
const PURGE_SOON_MS = 200
const LOOK_MS = 50
const LOOKS_MAX = 100

async function open() {
  const simulator = await startSimulator({
    registries: [
      { id: 'sim', release: 'exact', zones: ['test'], ownShare: 0, extensions: ['rgp', 'fee', 'secDNS'] },
    ],
  })
  const [registry] = simulator.registries
  if (registry === undefined) throw new Error('the simulator has no registry')
  const { host, port, ca } = registry
  const registrar = await connectRegistrar({
    endpoint: { host, port, ca },
    credentials: { clID: 'droplock', password: 'sim-secret-1' },
    limits: { sessionsMax: 2, commandsPerSecondMax: 40, idleMsMax: 600_000 },
  })
  const post = async (path: string, body: unknown) => {
    const answer = await fetch(`${simulator.control}/registries/sim/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${await answer.text()}`)
  }
  let names = 0
  const fresh = (kind: string) => `${kind}-${(names += 1)}.test`
  const load = async (name: string, more: object) => {
    const purgeAt = new Date(Date.now() + 3_600_000).toISOString()
    await post('names', { names: [{ name, priorClid: 'registrar-12', purgeAt, rivals: [], ...more }] })
  }
  return {
    registrar,
    clID: 'droplock',
    freeName: async () => fresh('free'),
    heldName: async () => {
      const name = fresh('held')
      await load(name, { kind: 'withdrawn' })
      await post('withdraw', { names: [name] })
      return name
    },
    droppingName: async () => {
      const name = fresh('dropping')
      await load(name, { kind: 'normal' })
      return name
    },
    premiumName: async () => {
      const name = fresh('premium')
      await load(name, { kind: 'premium', purgeAt: new Date(Date.now() + PURGE_SOON_MS).toISOString() })
      for (let left = LOOKS_MAX; left > 0; left -= 1) {
        const checked = await registrar.check([name], `look-${name}-${left}`)
        if (checked.kind === 'answered' && checked.data?.[0]?.available === true) return name
        await delay(LOOK_MS)
      }
      throw new Error('the premium name was not purged')
    },
    freeContact: async () => fresh('C').slice(0, 16),
    freeHost: async () => `ns.${fresh('host').replace('.test', '.example')}`,
    queueMessage: () => post('messages', { clid: 'droplock', text: 'A message' }),
    loseNextCreateAnswer: () => post('faults', { kind: 'cut_after_commit', on: 'commit', count: 1 }),
    stop: () => simulator.stop(),
  }
}
