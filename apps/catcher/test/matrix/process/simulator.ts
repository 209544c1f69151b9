import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { RegistryProfileId } from '@droplock/rules/registries'
import type { RegistryOptions } from '../../../../registry-sim/src/registry/settings.ts'
import type { NameTruth } from '../../../../registry-sim/src/registry/truth.ts'
import { compileCache } from '../../support/testbed.ts'

const MAIN = fileURLToPath(new URL('../../../../registry-sim/src/main.ts', import.meta.url))

/** The registry simulator as a process, with the addresses that it logged. */
export type SimulatorProcess = {
  readonly child: ChildProcess
  readonly caFile: string
  readonly ports: ReadonlyMap<string, { readonly port: number; readonly dropPort?: number }>
  readonly get: (registryId: string, path: string) => Promise<string>
  readonly post: (registryId: string, path: string, body: unknown) => Promise<unknown>
}

type LogLine = {
  readonly registry?: string
  readonly port?: number
  readonly dropPort?: number
  readonly control?: string
  readonly ca?: string
}

/** Starts the simulator; rejects when it ends before it is ready. */
export async function spawnSimulator(
  registries: readonly RegistryOptions[],
  tlsFolder: string,
): Promise<SimulatorProcess> {
  const env = {
    ...compileCache,
    DROPLOCK_SIM_CONTROL_PORT: '0',
    DROPLOCK_SIM_REGISTRIES: JSON.stringify(registries),
    DROPLOCK_SIM_TLS_FOLDER: tlsFolder,
    DROPLOCK_LOG_LEVEL: 'info',
  }
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ports = new Map<string, { port: number; dropPort?: number }>()
  const ready = Promise.withResolvers<LogLine>()
  child.once('exit', (code) => ready.reject(new Error(`the simulator ended with ${String(code)}`)))
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as LogLine
    const { registry, port, dropPort } = line
    if (registry !== undefined && port !== undefined)
      ports.set(registry, dropPort === undefined ? { port } : { port, dropPort })
    if (line.control !== undefined) ready.resolve(line)
  })
  const { control = '', ca = '' } = await ready.promise
  const ask = async (registryId: string, path: string, init?: RequestInit) => {
    const answer = await fetch(`${control}/registries/${registryId}/${path}`, init)
    const text = await answer.text()
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status} to ${path}: ${text}`)
    return text
  }
  const headers = { 'content-type': 'application/json' }
  return {
    child,
    caFile: ca,
    ports,
    get: ask,
    post: async (registryId, path, body) =>
      JSON.parse(await ask(registryId, path, { method: 'POST', headers, body: JSON.stringify(body) })),
  }
}

/** The registry's truth about every name. */
export async function readTruth(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
): Promise<ReadonlyMap<string, NameTruth>> {
  const lines = (await simulator.get(profile, 'truth')).trim().split('\n')
  return new Map(
    lines.map((line) => {
      const truth = JSON.parse(line) as NameTruth
      return [truth.name, truth]
    }),
  )
}
