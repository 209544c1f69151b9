import { connectRegistrar, type RegistrarDeps } from '@droplock/epp/connect'
import type { RegistrarConfig } from '@droplock/epp/profiles/registrar-config'
import type { CreateDomain } from '@droplock/rules/ports/registrar'
import { onTestFinished } from 'vitest'
import type { RegistrarPool } from '../../src/pool/pool.ts'
import { type Script, type ScriptedRegistry, startRegistry, TEST_CA } from './registry.ts'

export const PASSWORD = 'foo-BAR2'
export const AUTH_INFO = '2fooBAR-secret'

type Overrides = Partial<Omit<RegistrarConfig, 'limits'>> & { limits?: Partial<RegistrarConfig['limits']> }

export function configFor(registry: ScriptedRegistry, overrides: Overrides = {}): RegistrarConfig {
  return {
    endpoint: { host: '127.0.0.1', port: registry.port, serverName: 'localhost', ca: TEST_CA },
    credentials: { clID: 'droplock', password: PASSWORD },
    ...overrides,
    limits: { sessionsMax: 1, commandsPerSecondMax: 1000, idleMsMax: 600_000, ...overrides.limits },
    times: { closeMsMax: 500, ...overrides.times },
  }
}

/** A scripted registry and a pool on it. Both end with the test. */
export async function poolOn(
  script?: Script,
  overrides?: Overrides,
  deps?: RegistrarDeps,
): Promise<{ registry: ScriptedRegistry; pool: RegistrarPool }> {
  const registry = await startRegistry(script)
  onTestFinished(() => registry.stop())
  const pool = await connectRegistrar(configFor(registry, overrides), deps)
  onTestFinished(() => pool.close())
  return { registry, pool }
}

let orders = 0

export function order(name = 'example.pl'): CreateDomain {
  orders += 1
  return { name, clTRID: `T-${orders}`, years: 1, registrant: 'C-1', authInfo: AUTH_INFO }
}

/** Waits until `holds` returns true, checking every few milliseconds. Throws after `boundMs`. */
export async function until(holds: () => boolean, boundMs = 60_000): Promise<void> {
  const deadline = performance.now() + boundMs
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within ${boundMs} ms: ${holds.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
