import type { Environment } from '../../../src/environment/environment.ts'
import { simulatorAt } from '../../../src/environment/simulator.ts'
import { holdsWithin } from '../../../src/processes/wait-until.ts'
import type { FailPoint } from './fail-points.ts'
import { registryId } from './stage.ts'

const REACHED_MS_MAX = 45_000
const LOOK_MS = 10

/** The registry registers this name for whoever asks first, and does not answer. */
export async function stopAtCreate(environment: Environment, name: string): Promise<FailPoint> {
  const control = environment.urlOf('registry-sim')
  const faults = `${control}/registries/${registryId}/faults`
  const order = { kind: 'stall_after_commit', commands: ['create'], names: [name], count: 1 }
  await send(faults, 'POST', order)
  const isRegistered = async () => {
    const truths = await simulatorAt(control).truth(registryId)
    return truths.some((truth) => truth.name === name && truth.winner !== null)
  }
  return {
    isReached: () => holdsWithin({ everyMs: LOOK_MS, msMax: REACHED_MS_MAX }, isRegistered),
    letEnd: async () => undefined,
    remove: async () => {
      const { faults: planned } = (await (await fetch(faults)).json()) as Planned
      await send(faults, 'DELETE')
      return planned.some(({ injected }) => injected === 1) ? [] : ['the registry answered']
    },
  }
}

type Planned = { readonly faults: readonly { readonly injected: number }[] }

async function send(url: string, method: 'POST' | 'DELETE', body?: unknown): Promise<void> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
}
