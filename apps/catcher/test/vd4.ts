import { Batch } from '../src/plan/batch.ts'
const proto = Batch.prototype as any
const learn = proto.learn
let was = true
proto.learn = function (id: string, seen: any) { learn.call(this, id, seen); if (seen.kind !== 'refused' && this.isOrdered) console.log(id, seen.kind, (seen.atMs ?? seen.byMs).toFixed(0), seen.isOurs ?? ''); if (was && !this.isOrdered) { was = false; console.log('refuted') } }
const { runVirtualDrop, mulberry } = await import('./support/virtual-drop.ts')
const naive = { kind: 'naive', commandsPerSecondMax: 40, sessionsMax: 4 } as const
for (const seed of [1, 2]) {
was = true
const random = mulberry(seed)
let at = 100_000 + random() * 5_000
const names = Array.from({ length: 200 }, (_, i) => { const o = { id: `n${i}`, releaseMs: at, isWanted: true, orderKey: String(Math.floor(random() * 1e9)) }; at += 45 + (random() * 2 - 1) * 20; return o })
console.log('first', names[0]!.releaseMs)
const r = runVirtualDrop({ seed, names, release: 'daily_batch', windowMs: [100_000, 130_000], roundTripMs: 1, commandsPerSecondMax: 40, sessionsMax: 4, rivals: [naive, naive, naive], untilMs: 400_000 })
console.log([...r.names.values()].filter((o) => o.winner === 'us').length, r.creates, r.infos)
}
