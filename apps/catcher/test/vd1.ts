import { ReleaseFront } from '../src/plan/release-front.ts'
import { Batch } from '../src/plan/batch.ts'
const proto = Batch.prototype as any
const learn = proto.learn
let n = 0
proto.learn = function (id: string, seen: any) { learn.call(this, id, seen); if (true) { const t = seen.atMs ?? seen.byMs; const f = names.findIndex((x: any) => x.releaseMs > t); console.log(id, seen.kind, t.toFixed(0), seen.isOurs ?? '', 'front', f) } }
const rel = ReleaseFront.prototype.released
ReleaseFront.prototype.released = function (p, f, b, o) { rel.call(this, p, f, b, o); console.log('   released', p, f.toFixed(0), b.toFixed(0), 'pace', this.paceMs.toFixed(1), 'expected', this.expectedMs(p).toFixed(0)) }
const { runVirtualDrop, mulberry } = await import('./support/virtual-drop.ts')
const naive = { kind: 'naive', commandsPerSecondMax: 40, sessionsMax: 4 } as const
const random = mulberry(1)
let at = 100_000 + random() * 5_000
const names = Array.from({ length: 300 }, (_, i) => { const o = { id: `n${i}`, releaseMs: at, isWanted: true, orderKey: String(i).padStart(6, '0') }; at += 45 + (random() * 2 - 1) * 20; return o })
console.log('first release', names[0]!.releaseMs)
const r = runVirtualDrop({ seed: 1, names, release: 'daily_batch', windowMs: [100_000, 130_000], roundTripMs: 1, commandsPerSecondMax: 40, sessionsMax: 4, rivals: [naive, naive, naive], untilMs: 140_000 })
console.log([...r.names.values()].filter((o) => o.winner === 'us').length, r.creates, r.infos)
