import { test } from 'node:test'
import { type RunConfig, readRunConfig, SETTINGS } from '../config.ts'
import { connectRegistrar } from '../connect.ts'
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts'
import { type ObjectsNeed, type ObjectsWorld, objectsSuite } from './objects-suite.ts'
import { type RegistrarNeed, type RegistrarWorld, registrarSuite } from './registrar-suite.ts'

// Runs the registrar port's suites against any EPP endpoint: a registry's test system, or a simulator. It creates names,
// contacts and hosts there and deletes few of them. Settings come from the environment.

/** A short name that is unique in every run and every call. */
let made = 0
const fresh = (prefix: string): string => `${prefix}-${Date.now().toString(36)}-${(made += 1)}`

const config = configOrExit()
if (config !== undefined) runSuites(config)

function configOrExit(): RunConfig | undefined {
  try {
    return readRunConfig()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    console.error(`${error.message}\n\n${SETTINGS}`)
    process.exitCode = 1
    return undefined
  }
}

function runSuites(run: RunConfig): void {
  const runner = {
    test: (name: string, body: () => Promise<void>) => void test(name, body),
    skip: (name: string, why: string) => void test(name, { skip: why }, () => undefined),
  }
  registrarSuite(runner, () => open(run), new Set(registrarLacks(run)))
  objectsSuite(runner, () => open(run), new Set(objectsLacks(run)))
}

function* registrarLacks({ heldName, droppingName }: RunConfig): Iterable<RegistrarNeed> {
  if (heldName === undefined) yield 'a name that is held'
  if (droppingName === undefined) yield 'a name that is dropping'
}

function* objectsLacks({ has, premiumName }: RunConfig): Iterable<ObjectsNeed> {
  if (!has.contacts) yield 'contacts'
  if (!has.hosts) yield 'hosts'
  if (!has.fee) yield 'the fee extension'
  if (!has.fee || premiumName === undefined) yield 'a premium name'
  if (!has.dnssec) yield 'the DNSSEC extension'
  yield 'a message'
}

/** Connects a pool through the proxy that can lose an answer. The certificate is still the registry's. */
async function open(run: RunConfig): Promise<RegistrarWorld & ObjectsWorld> {
  const { registrar, zone, prefix, heldName = '', droppingName = '', premiumName = '', registrant } = run
  const { host, port, serverName = host } = registrar.endpoint
  const proxy: FaultyProxy = await startFaultyProxy(host, port)
  const endpoint = { ...registrar.endpoint, host: '127.0.0.1', port: proxy.port, serverName }
  // One session: the proxy sees octets only and could mistake the login of a second session for the create.
  const limits = { ...registrar.limits, sessionsMax: 1 }
  return {
    registrar: await connectRegistrar({ ...registrar, endpoint, alternates: [], limits }),
    clID: registrar.credentials.clID,
    freeName: () => Promise.resolve(`${fresh(prefix)}.${zone}`),
    freeContact: () => Promise.resolve(fresh('t').slice(0, 16)),
    freeHost: () => Promise.resolve(`ns.${fresh(prefix)}.example`),
    heldName: () => Promise.resolve(heldName),
    droppingName: () => Promise.resolve(droppingName),
    loseNextCreateAnswer: () => Promise.resolve(proxy.cutNextAnswer()),
    premiumName: () => Promise.resolve(premiumName),
    queueMessage: () => Promise.reject(new Error('a registry sends messages when it wants to')),
    ...(registrant !== undefined && { terms: { registrant } }),
    stop: () => proxy.stop(),
  }
}
