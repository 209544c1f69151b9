import { startAutoNames } from './auto-names.ts'
import { type Clock, type Log, silent, systemClock } from './clock.ts'
import { makeControlApp } from './control/app.ts'
import type { Hosted } from './control/reads.ts'
import { startControlServer } from './control/server.ts'
import { type EppServer, startEppServer } from './epp/server.ts'
import { openSchemas, type Validate } from './open-schemas.ts'
import { resolveSettings } from './profiles.ts'
import { makeRegistry, present, type Registry } from './registry/registry.ts'
import { defaultRegistries, type RegistryOptions, type RegistrySettings } from './registry/settings.ts'
import { allTruth, type NameTruth } from './registry/truth.ts'
import { startRivals } from './rivals/start-rivals.ts'
import { type Certificates, certificatesIn, makeCertificates } from './tls.ts'

export type SimulatorOptions = {
  /** Default: `exact` and `daily`, on any free ports. */
  readonly registries?: readonly RegistryOptions[]
  readonly seed?: number
  /** Where `ca.pem` is written. Absent: it is only in the result. */
  readonly tlsFolder?: string
  /** 0, the default, means any free port. */
  readonly controlPort?: number
  /** The folder of the published EPP schemas. If given, every document of a client is validated. */
  readonly schemasFolder?: string | undefined
  readonly clock?: Clock
  readonly log?: Log
}

/** The host is an address; the certificate is valid for it and for `localhost`. `ca` is PEM. */
export type RunningRegistry = {
  readonly id: string
  readonly host: string
  readonly port: number
  /** The port of the separate host for the drop, if there is one. */
  readonly dropPort?: number
  readonly ca: string
}

export type Simulator = {
  readonly control: string
  readonly registries: readonly RunningRegistry[]
  /** The truth of one registry, after everything due has happened. Throws on an unknown id. */
  truth(registryId: string): NameTruth[]
  /** Closes every connection and both kinds of server. */
  stop(): Promise<void>
}

const HOST = '127.0.0.1'
/** Purges and rivals take effect at their own instants without this; it only frees memory. */
const LOOK_EVERY_MS = 1000

type Running = Hosted & { readonly dropPort?: number; close(): Promise<void> }

function anyPort(options: readonly RegistryOptions[]): readonly RegistryOptions[] {
  return options.map((option) => ({ ...option, port: 0 }))
}

async function startRegistry(registry: Registry, certificates: Certificates, log: Log): Promise<Running> {
  const { id, autoNames, dropPort } = registry.settings
  const isApart = dropPort !== undefined
  const server = await startEppServer(registry, certificates, log, isApart ? 'everyday' : 'any')
  const drop = isApart ? await startDropServer(registry, certificates, log, server) : undefined
  if (autoNames) startAutoNames(registry, autoNames)
  const { port } = server
  log.info({ registry: id, host: HOST, port, ...(drop && { dropPort: drop.port }) }, 'registry open')
  const close = () => closeAll(drop ? [server, drop] : [server])
  return { registry, host: HOST, port, ...(drop && { dropPort: drop.port }), close }
}

/** Starts the drop host. When its port is in use, the everyday host is closed too. */
async function startDropServer(
  registry: Registry,
  certificates: Certificates,
  log: Log,
  everyday: EppServer,
): Promise<EppServer> {
  try {
    return await startEppServer(registry, certificates, log, 'drop')
  } catch (error) {
    await everyday.close()
    throw error
  }
}

/** A rival without an account could never log in. */
function requireAccounts({ id, accounts, wireRivals }: RegistrySettings): void {
  const unknown = wireRivals.find((rival) => !accounts.some(({ clid }) => clid === rival.clid))
  if (unknown) throw new Error(`the rival ${unknown.clid} has no account at ${id}`)
}

async function closeAll(servers: Iterable<{ close(): Promise<void> }>): Promise<void> {
  await Promise.all([...servers].map((server) => server.close()))
}

async function startRegistries(
  options: SimulatorOptions,
  certificates: Certificates,
  validate: Validate | undefined,
  log: Log,
): Promise<Map<string, Running>> {
  const running = new Map<string, Running>()
  try {
    for (const option of options.registries ?? anyPort(defaultRegistries)) {
      const settings = resolveSettings(option)
      requireAccounts(settings)
      if (running.has(settings.id)) throw new Error(`two registries are called ${settings.id}`)
      const registry = makeRegistry(settings, options.seed ?? 1, options.clock ?? systemClock)
      if (validate) registry.validate = validate
      running.set(settings.id, await startRegistry(registry, certificates, log))
    }
  } catch (error) {
    await closeAll(running.values())
    throw error
  }
  return running
}

/** Starts the registries and their control API in this process. Rejects when a port is taken, leaving nothing open. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const log = options.log ?? silent
  const now = new Date((options.clock ?? systemClock).nowMs())
  const certificates = options.tlsFolder
    ? await certificatesIn(options.tlsFolder, now)
    : await makeCertificates(now)
  const validate = options.schemasFolder === undefined ? undefined : await openSchemas(options.schemasFolder)
  const running = await startRegistries(options, certificates, validate, log)
  const control = await startControlServer(makeControlApp(running, log), options.controlPort ?? 0).catch(
    async (error: unknown) => {
      await closeAll(running.values())
      throw error
    },
  )
  const clock = options.clock ?? systemClock
  const rivalsOptions = { control: control.url, ca: certificates.caPem, clock, log }
  const rivals = [...running.values()].flatMap((one) => startRivals(one, rivalsOptions))
  const looking = setInterval(() => {
    for (const { registry } of running.values()) present(registry)
  }, LOOK_EVERY_MS)
  return {
    control: control.url,
    registries: [...running].map(([id, { host, port, dropPort }]) => ({
      id,
      host,
      port,
      ...(dropPort !== undefined && { dropPort }),
      ca: certificates.caPem,
    })),
    truth(registryId) {
      const found = running.get(registryId)
      if (!found) throw new Error(`no registry is called ${registryId}`)
      present(found.registry)
      return [...allTruth(found.registry)]
    },
    async stop() {
      clearInterval(looking)
      await Promise.all(rivals.map((rival) => rival.stop()))
      await closeAll([control, ...running.values()])
    },
  }
}
