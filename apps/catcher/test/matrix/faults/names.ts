import { decideByInfo } from '@droplock/rules/drop/decide-by-info'
import { interpretCreate } from '@droplock/rules/drop/interpret-create'
import type { Answer, Created } from '@droplock/rules/ports/registrar'
import { loadNames } from '../../../../registry-sim/src/registry/load-names.ts'
import { present } from '../../../../registry-sim/src/registry/registry.ts'
import { CLID, type World } from '../world/world.ts'
import { byCode, type Change, type Conclusion, dataOf, must, type Question } from './trial.ts'

const AUTH_INFO = '9-matrix-Pw'
const DAY_MS = 86_400_000
const nothing = () => Promise.resolve()
const nameOf = (object: string) => `${object}.test`

const order = (object: string, clTRID: string) =>
  ({ name: nameOf(object), clTRID, years: 1, authInfo: AUTH_INFO }) as const

/** A name of ours. */
async function own(world: World, object: string): Promise<void> {
  must(await world.pool.create(order(object, world.newClTRID())))
}

const recordOf = ({ registry }: World, object: string) => registry.names.get(nameOf(object))
const holderOf = (world: World, object: string) => recordOf(world, object)?.registration

async function infoOf({ pool, newClTRID }: World, object: string) {
  return pool.info(nameOf(object), newClTRID())
}

function concludeCreate(answer: Answer<Created>, object: string): Conclusion {
  const { kind } = interpretCreate(answer, nameOf(object), false)
  if (kind === 'registered') return 'done'
  if (kind === 'not_sent') return 'not_sent'
  return kind === 'retry' || kind === 'unknown' || kind === 'session_ended' || kind === 'exists'
    ? 'ask'
    : 'not_done'
}

const create: Change = {
  kind: 'change',
  verb: 'create',
  aim: nameOf,
  atOnceMax: 6,
  prepare: nothing,
  async send({ pool }, object, clTRID) {
    const answer = await pool.create(order(object, clTRID))
    return { answer, conclusion: concludeCreate(answer, object) }
  },
  async ask(world, object) {
    const facts = { ourClids: new Set([CLID]), armedAt: new Date(world.time.epochMs() - DAY_MS) }
    const { kind } = decideByInfo(await infoOf(world, object), nameOf(object), facts)
    if (kind === 'undecided') return undefined
    return kind === 'ours'
  },
  isDone: (world, object) => holderOf(world, object)?.clID === CLID,
}

/** The expiry of a registration right after `own`; a second year would show. */
const NEXT_YEAR_MS_MAX = 400 * DAY_MS

const renew: Change = {
  kind: 'change',
  verb: 'renew',
  aim: nameOf,
  atOnceMax: 6,
  prepare: own,
  async send(world, object, clTRID) {
    const exDateMs = holderOf(world, object)?.exDateMs ?? 0
    const currentExDate = new Date(exDateMs)
    return byCode(world.pool.renew({ name: nameOf(object), clTRID, currentExDate, years: 1 }))
  },
  async ask(world, object) {
    const exDate = dataOf(await infoOf(world, object))?.exDate
    return exDate && exDate.getTime() > world.time.epochMs() + NEXT_YEAR_MS_MAX
  },
  isDone: (world, object) =>
    (holderOf(world, object)?.exDateMs ?? 0) > world.time.epochMs() + NEXT_YEAR_MS_MAX,
}

const update: Change = {
  kind: 'change',
  verb: 'update',
  aim: nameOf,
  atOnceMax: 6,
  prepare: own,
  send: ({ pool }, object, clTRID) =>
    byCode(pool.update({ name: nameOf(object), clTRID, add: { statuses: ['clientHold'] } })),
  ask: async (world, object) => dataOf(await infoOf(world, object))?.statuses.includes('clientHold'),
  isDone: (world, object) => holderOf(world, object)?.statuses.includes('clientHold') === true,
}

const remove: Change = {
  kind: 'change',
  verb: 'delete',
  aim: nameOf,
  atOnceMax: 6,
  prepare: own,
  send: ({ pool }, object, clTRID) => byCode(pool.delete(nameOf(object), clTRID)),
  async ask(world, object) {
    const answer = await infoOf(world, object)
    if (answer.kind === 'answered' && answer.code === 2303) return true
    return dataOf(answer)?.statuses.includes('pendingDelete')
  },
  isDone: (world, object) => recordOf(world, object)?.stage !== 'registered',
}

const restore: Change = {
  kind: 'change',
  verb: 'update',
  aim: nameOf,
  atOnceMax: 6,
  async prepare({ registry }, object) {
    const nowMs = present(registry)
    const spec = {
      name: nameOf(object),
      kind: 'normal',
      priorClid: CLID,
      purgeAtMs: nowMs + 20 * DAY_MS,
    } as const
    loadNames(registry, [spec], nowMs)
  },
  send: ({ pool }, object, clTRID) => byCode(pool.restore({ name: nameOf(object), clTRID })),
  async ask(world, object) {
    const info = dataOf(await infoOf(world, object))
    return info && !info.statuses.includes('pendingDelete')
  },
  isDone: (world, object) => recordOf(world, object)?.stage === 'restored',
}

const info: Question = {
  kind: 'question',
  verb: 'info',
  aim: nameOf,
  atOnceMax: 6,
  prepare: own,
  send: infoOf,
  complain(world, object, answer) {
    if (!('data' in answer)) return 'no data'
    const roid = holderOf(world, object)?.roid
    return isRecord(answer.data) && answer.data['roid'] === roid ? undefined : 'it shows another registration'
  },
}

const check: Question = {
  kind: 'question',
  verb: 'check',
  aim: nameOf,
  atOnceMax: 6,
  prepare: own,
  send: ({ pool }, object, clTRID) => pool.check([nameOf(object), `free-${nameOf(object)}`], clTRID),
  complain(_, object, answer) {
    const data = 'data' in answer && Array.isArray(answer.data) ? answer.data : []
    const available = Object.fromEntries(data.map((each) => [each.name, each.available]))
    const isRight = available[nameOf(object)] === false && available[`free-${nameOf(object)}`] === true
    return isRight ? undefined : `it answered ${JSON.stringify(available)}`
  },
}

const quote: Question = {
  kind: 'question',
  verb: 'check',
  aim: nameOf,
  atOnceMax: 6,
  prepare: nothing,
  send: ({ pool }, object, clTRID) => pool.quote([nameOf(object)], [{ command: 'create', years: 1 }], clTRID),
  complain(_, object, answer) {
    const data = 'data' in answer && Array.isArray(answer.data) ? answer.data : []
    const [fee] = data
    return fee?.name === nameOf(object) && fee.fees[0]?.amount === '8.00'
      ? undefined
      : `it answered ${JSON.stringify(data)}`
  },
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** The commands about names, and their extensions. */
export const nameCommands = {
  create,
  info,
  check,
  renew,
  update,
  delete: remove,
  restore,
  quote,
} as const satisfies Record<string, Change | Question>
