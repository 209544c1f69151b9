import { connectRegistrar } from '@droplock/epp/connect'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import { hasDropHosts, registrarConfigFor } from '@droplock/epp/profiles/registrar-config'
import { type RegistryProfileId, registryProfiles } from '@droplock/rules/registries'
import { expect, onTestFinished, test } from 'vitest'
import { startSimulator } from '../../registry-sim/src/start-simulator.ts'
import { TRANSIT_MS_MAX } from './support/testbed.ts'

/** How long each profile runs at the full rate. Rules of minutes and hours are tested on a simulated clock. */
const DRIVE_MS = 5_000

/** More than most pools have sessions. */
const CATCHERS = 30

/** Few names, so that most creates are refused. */
const NAMES = ['one', 'two', 'three', 'four']

const IDS = Object.keys(registryProfiles) as RegistryProfileId[]

type Simulator = Awaited<ReturnType<typeof startSimulator>>

/** The generic profile is simulated by a registry without a profile. */
const simulated = (id: RegistryProfileId) => (id === 'generic' ? {} : { profile: id })

const zoneOf = (id: string) => (id === 'verisign-like' ? 'com' : id.slice(0, 2))

test('every client profile, at full strength on the simulator’s of the same name, breaks no rule and loses no session', async () => {
  const registries = IDS.map((id) => ({ id, zones: [zoneOf(id)], ...simulated(id) }))
  const simulator = await startSimulator({ registries })
  onTestFinished(() => simulator.stop())
  await fetch(`${simulator.control}/registries/nz-like/openings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fromAt: new Date().toISOString(), openMs: 3_600_000 }),
  })
  const driven = await Promise.all(IDS.map((id) => drive(simulator, id)))
  for (const { id, codes, cut, violations } of driven) {
    expect(cut, id).toEqual([])
    expect(
      Object.entries(violations).filter(([, count]) => count > 0),
      id,
    ).toEqual([])
    expect(codes.has(2302) && (codes.has(1000) || codes.has(1001)), `${id}: ${[...codes.keys()]}`).toBe(true)
  }
})

type Driven = {
  readonly id: string
  readonly codes: ReadonlyMap<number, number>
  /** Why sessions ended that we did not end. */
  readonly cut: readonly string[]
  readonly violations: Readonly<Record<string, number>>
}

async function drive(simulator: Simulator, id: RegistryProfileId): Promise<Driven> {
  const cut: string[] = []
  const pool = await connectRegistrar(configFor(simulator, id), {
    onEvent: (event) => {
      if (event.kind === 'session_ended' && event.reason !== 'we logged out') cut.push(event.reason)
      if (event.kind === 'session_refused' || event.kind === 'alarm') cut.push(event.reason)
    },
  })
  const codes = new Map<number, number>()
  const over = AbortSignal.timeout(DRIVE_MS)
  await Promise.all(
    Array.from({ length: CATCHERS }, (_, catcher) =>
      createUntil(pool, `c${catcher}`, zoneOf(id), over, codes),
    ),
  )
  const before = [...cut]
  await pool.close()
  return { id, codes, cut: before, violations: await violationsOf(simulator, id) }
}

function configFor(simulator: Simulator, profile: RegistryProfileId) {
  const registry = simulator.registries.find((one) => one.id === profile)
  if (registry === undefined) throw new Error(`no ${profile}`)
  const { host, port, ca } = registry
  const hosts = [{ host, port }]
  const rows = {
    profile,
    clid: 'droplock',
    hosts,
    dropHosts: hasDropHosts({ profile }) ? hosts : [],
    sourceAddress: null,
    limits: { transitMsMax: TRANSIT_MS_MAX },
  }
  return registrarConfigFor(rows, { password: 'sim-secret-1', tls: { ca } }, 'drop')
}

/** Sends creates in every slot, for a name whose gap is over; without one, sends hello. */
async function createUntil(
  pool: RegistrarPool,
  catcher: string,
  zone: string,
  over: AbortSignal,
  codes: Map<number, number>,
): Promise<void> {
  for (let round = 0; !over.aborted; round += 1) {
    const slot = await pool.acquire({ signal: over }).catch(() => undefined)
    if (slot === undefined) return
    const names = NAMES.map((label) => `${label}.${zone}`)
    const ready = names.filter((one) => pool.nameReadyAtMs(one) <= performance.now())
    const name = ready[round % Math.max(1, ready.length)]
    if (name === undefined) {
      await slot.hello()
      continue
    }
    const clTRID = `${catcher}-${round}`
    const registrant = zone === zoneOf('strict-like') ? { registrant: 'drive-1' } : {}
    const answer = await slot.create({ name, clTRID, years: 1, authInfo: '9-drive-Secret', ...registrant })
    if (answer.kind === 'answered') codes.set(answer.code, (codes.get(answer.code) ?? 0) + 1)
  }
}

async function violationsOf(simulator: Simulator, id: string): Promise<Record<string, number>> {
  const answer = await fetch(`${simulator.control}/registries/${id}/violations`)
  const { accounts } = (await answer.json()) as {
    accounts: { clid: string; violations: Record<string, number> }[]
  }
  const ours = accounts.find(({ clid }) => clid === 'droplock')
  if (ours === undefined) throw new Error(`${id} does not know us`)
  return ours.violations
}
