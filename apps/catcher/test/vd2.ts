import { runVirtualDrop, mulberry } from './support/virtual-drop.ts'
import { Plan } from '../src/plan/plan.ts'
const naive = { kind: 'naive', commandsPerSecondMax: 40, sessionsMax: 4 } as const
const random = mulberry(1)
let at = 100_000 + random() * 5_000
const names = Array.from({ length: 200 }, (_, i) => { const o = { id: `n${i}`, releaseMs: at, isWanted: true, orderKey: null }; at += 45 + (random() * 2 - 1) * 20; return o })
const perSec = new Map<number, number>()
const sent = Plan.prototype.sent
const polls = new Map<string, number[]>()
Plan.prototype.sent = function (a, now, f) { const s = Math.floor(now / 1000); perSec.set(s, (perSec.get(s) ?? 0) + 1); if (!polls.has(a.target.id)) polls.set(a.target.id, []); polls.get(a.target.id)!.push(now); sent.call(this, a, now, f) }
const r = runVirtualDrop({ seed: 1, names, release: 'daily_batch', windowMs: [100_000, 130_000], roundTripMs: 1, commandsPerSecondMax: 40, sessionsMax: 4, rivals: [naive, naive, naive], untilMs: 400_000 })
console.log([...perSec].sort((a, b) => a[0] - b[0]).slice(0, 30).map(([s, n]) => `${s}:${n}`).join(' '))
console.log(names[0]!.releaseMs, names[199]!.releaseMs)
for (const i of [0, 50, 100, 150]) console.log(names[i]!.releaseMs.toFixed(0), polls.get(`n${i}`)!.slice(0, 8).map((x) => x.toFixed(0)).join(' '), r.names.get(`n${i}`))
