import { objectsSuite } from '@droplock/epp/conformance/objects-suite'
import { registrarSuite } from '@droplock/epp/conformance/registrar-suite'
import { connectRegistrar } from '@droplock/epp/connect'
import { test } from 'vitest'
import { startSimulator } from '../../registry-sim/src/start-simulator.ts'

/** The registrar port's suite, by our client, over TLS, against the simulated registry: two readings of the RFCs meet. */
registrarSuite({ test }, open)
objectsSuite({ test }, open)

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
    await post('names', { names: [{ name, priorClid: 'registrar-12', purgeAt, ...more }] })
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
    freeContact: async () => fresh('C').slice(0, 16),
    freeHost: async () => `ns.${fresh('host').replace('.test', '.example')}`,
    queueMessage: () => post('messages', { clid: 'droplock', text: 'A message' }),
    loseNextCreateAnswer: () => post('faults', { kind: 'cut_after_commit', on: 'commit', count: 1 }),
    stop: () => simulator.stop(),
  }
}
