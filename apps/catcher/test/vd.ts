import { runVirtualDrop, mulberry, type VirtualDrop, type VirtualName } from '/work/wt/p9/apps/catcher/test/support/virtual-drop.ts'
const naive = { kind: 'naive', commandsPerSecondMax: 40, sessionsMax: 4 } as const
const knowing = { ...naive, kind: 'knowing' } as const
function batch(seed: number, n: number, paceMs: number, jitter: number, ordered: boolean, every = 1): VirtualName[] {
  const random = mulberry(seed)
  let at = 100_000 + random() * 5_000
  const out = []
  for (let i = 0; i < n; i++) { out.push({ id: `n${i}`, releaseMs: at, isWanted: i % every === 0, key: ordered ? String(i).padStart(6, '0') : String(Math.floor(random() * 1e9)) }); at += Math.max(0, paceMs + (random() * 2 - 1) * jitter) }
  const shuffledOrderIds = out
  return shuffledOrderIds.map((o) => ({ id: o.id, releaseMs: o.releaseMs, isWanted: o.isWanted, orderKey: o.key }))
}
function show(label: string, make: (seed: number) => VirtualDrop, rounds = Number(process.env.ROUNDS ?? 2)) {
  let won = 0, total = 0, creates = 0, infos = 0, iw = 0, cw = 0, wasted = 0, choices = 0, ms = 0; const delays: number[] = []
  for (let seed = 1; seed <= rounds; seed++) {
    const r = runVirtualDrop(make(seed))
    for (const o of r.names.values()) { total++; if (o.winner === 'us') won++; if (o.firstMs !== undefined) delays.push(o.firstMs - o.releaseMs) }
    creates += r.creates; infos += r.infos; iw += r.infosWhileReleasing; cw += r.createsWhileReleasing; wasted += r.wasted; choices += r.choices; ms += r.choiceMs
  }
  delays.sort((a, b) => a - b)
  const q = (p: number) => delays[Math.min(delays.length - 1, Math.floor(p * delays.length))]?.toFixed(1)
  console.log(label.padEnd(34), 'share', (won / total).toFixed(3), 'delay p50', q(.5), 'p99', q(.99), 'n', delays.length, '/', total, 'creates', creates, 'wasted', wasted, 'info%', (100 * infos / (infos + creates)).toFixed(1), 'while', (100 * iw / (iw + cw)).toFixed(1), 'µs', (1000 * ms / choices).toFixed(1))
}
const common = { commandsPerSecondMax: 40, sessionsMax: 4, aimErrorMs: 1 }
const only = process.argv[2]
for (const rtt of [1, 40]) {
  const b = { ...common, roundTripMs: rtt, release: 'daily_batch' as const, windowMs: [100_000, 130_000] as const, untilMs: 400_000 }
  for (const [who, rivals] of [['naive', [naive, naive, naive]], ['knowing', [knowing, knowing, knowing]]] as const) {
    for (const [pace, jit, n] of [[300, 20, 60], [45, 20, 300]] as const)
      for (const every of [1, 4]) if (!only || only === 'batch') show(`batch ${who} rtt${rtt} pace${pace} 1/${every}`, (seed) => ({ ...b, seed, rivals, names: batch(seed, n, pace, jit, true, every) }))
    if (who === 'naive' && (!only || only === 'random')) show(`random order rtt${rtt} pace45`, (seed) => ({ ...b, seed, rivals, names: batch(seed, 200, 45, 20, false) }))
    if (who === 'naive' && (!only || only === 'random')) show(`no key rtt${rtt} pace45`, (seed) => ({ ...b, seed, rivals, names: batch(seed, 200, 45, 20, false).map((x) => ({ ...x, orderKey: null })) }))
  }
  if (!only || only === 'exact') for (const [label, gap, n] of [['100ms apart', 100, 100], ['at once', 0, 40], ['seconds', 3000, 10]] as const)
    show(`exact ${label} rtt${rtt}`, (seed) => ({ ...common, roundTripMs: rtt, release: 'exact_instant', windowMs: [100_000, 130_000], untilMs: 400_000, seed, rivals: [naive, naive, naive], names: Array.from({ length: n }, (_, i) => ({ id: `e${i}`, releaseMs: 100_000 + i * gap, orderKey: null, isWanted: true })) }))
}
