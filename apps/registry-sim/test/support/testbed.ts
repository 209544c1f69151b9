import type { Violations } from '../../src/registry/account.ts'
import type { RegistryOptions } from '../../src/registry/settings.ts'
import {
  type RunningRegistry,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/start-simulator.ts'

/** One registry called `sim`, over real TLS, with its control API. */
export type Testbed = {
  readonly simulator: Simulator
  readonly registry: RunningRegistry
  /** Posts to the control API; gives the answer. Throws when it refuses. */
  post(path: string, body: object): Promise<unknown>
  get(path: string): Promise<string>
  /** Violations of `droplock`. */
  violations(): Promise<Violations>
  stop(): Promise<void>
}

export async function startTestbed(
  options: Partial<RegistryOptions> = {},
  more: Omit<SimulatorOptions, 'registries'> = {},
): Promise<Testbed> {
  const simulator = await startSimulator({ ...more, registries: [{ id: 'sim', zones: ['pl'], ...options }] })
  const [registry] = simulator.registries
  if (!registry) throw new Error('no registry')
  const at = (path: string) => `${simulator.control}/registries/sim/${path}`
  const get = async (path: string) => (await fetch(at(path))).text()
  return {
    simulator,
    registry,
    get,
    async post(path, body) {
      const response = await fetch(at(path), { method: 'POST', body: JSON.stringify(body) })
      if (!response.ok) throw new Error(await response.text())
      return response.json()
    },
    async violations() {
      const body: { accounts: { clid: string; violations: Violations }[] } = JSON.parse(
        await get('violations'),
      )
      const ours = body.accounts.find(({ clid }) => clid === 'droplock')
      if (!ours) throw new Error('no account')
      return ours.violations
    },
    stop: () => simulator.stop(),
  }
}

/** Waits until `holds` returns true. Rejects after a minute, so that a busy machine does not matter. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error('the condition never held')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
