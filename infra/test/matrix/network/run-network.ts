import type { TrustCell } from '@droplock/core/testing/trust-result'
import { stream } from '../../../../apps/registry-sim/src/random.ts'
import { type Pair, pairs } from '../service/proxies.ts'
import { type Phase, runRound } from '../service/round.ts'
import { tellWrong } from '../service/tell-wrong.ts'
import { startWorld, type World } from '../service/world.ts'
import { type FaultName, faultNames, injectionOf } from './faults.ts'

/** When something goes through a connection. */
const phasesOf: Readonly<Record<Pair, readonly Phase[]>> = {
  'catcher → registry': ['drop'],
  'gateway → database': ['order'],
  'worker → database': ['list', 'order', 'drop'],
  'catcher → database': ['drop'],
  'console-api → database': ['order'],
  'marketplace → database': ['order'],
  'gateway → provider': ['order'],
  'worker → provider': ['order', 'drop'],
  'provider → gateway': ['order', 'drop'],
  'worker → receiver': ['order', 'drop'],
  'worker → list source': ['list'],
  'marketplace → gateway': ['order'],
}

export type Cell = { readonly fault: FaultName; readonly pair: Pair }

const allCells: readonly Cell[] = faultNames.flatMap((fault) => pairs.map((pair) => ({ fault, pair })))

/** Those whose fault and pair contain a text. */
export function cellsWith(text: string): readonly Cell[] {
  return allCells.filter(({ fault, pair }) => `${fault}, ${pair}`.includes(text))
}

/** So many cells, in which every pair and every fault occurs about equally often; which ones, the seed says. */
export function drawCells(count: number, seed: number): readonly Cell[] {
  return Array.from({ length: Math.min(count, allCells.length) }, (_, index) => {
    const turn = Math.floor(index / pairs.length)
    const pair = pairs[index % pairs.length]
    const fault = faultNames[(index + turn * 5 + seed) % faultNames.length]
    return { pair: pair ?? 'catcher → registry', fault: fault ?? 'latency' }
  })
}

export type Tried = TrustCell & { readonly tookMs: number; readonly statuses: string }

/** Tries each cell on one running service, one after the other. */
export async function runNetwork(
  cells: readonly Cell[],
  seed: number,
  onTried: (tried: Tried) => void,
): Promise<readonly Tried[]> {
  await using world = await startWorld()
  const results: Tried[] = []
  for (const [number, cell] of cells.entries()) {
    const tried = await tryCell(world, cell, number, seed)
    results.push(tried)
    onTried(tried)
    tellWrong(console.log, `${cell.fault} ${cell.pair}`, tried.violations, world.said())
  }
  return results
}

async function tryCell(world: World, { fault, pair }: Cell, number: number, seed: number): Promise<Tried> {
  const proxy = world.proxies[pair]
  const random = stream(seed, 'network', fault, pair)
  const before = proxy.counts()
  const { wrong, statuses, tookMs } = await runRound(world, {
    number,
    injection: injectionOf(fault, proxy, random, phasesOf[pair]),
  })
  const after = proxy.counts()
  const isUsed = after.up > before.up
  return {
    fault,
    step: pair,
    runs: 1,
    violations: isUsed ? wrong : [...wrong, 'nothing went through the connection'],
    tookMs: Math.round(tookMs),
    statuses: [...statuses].map(([status, times]) => `${status}×${times}`).join(' '),
  }
}
