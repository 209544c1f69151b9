import { queueMessage } from '../../../../registry-sim/src/registry/messages.ts'
import { CLID, type World } from '../world/world.ts'
import { byCode, type Change, dataOf, must, type Question } from './trial.ts'

const contact = (id: string, clTRID: string) =>
  ({
    id,
    clTRID,
    postal: [
      {
        type: 'int',
        name: 'Jan Novak',
        street: ['Main St 1'],
        city: 'Praha',
        postalCode: '11000',
        country: 'CZ',
      },
    ],
    voice: '+420.212345678',
    email: 'jan@example.com',
    authInfo: '9-matrix-Pw',
  }) as const

const NEW_EMAIL = 'new@example.com'
const nothing = () => Promise.resolve()
const same = (object: string) => object
const hostOf = (object: string) => `ns.${object}.example`

async function makeContact({ pool, newClTRID }: World, id: string): Promise<void> {
  must(await pool.contacts.create(contact(id, newClTRID())))
}

/** Whether an object is there, by the answer to its info. */
function isThere(answer: Awaited<ReturnType<World['pool']['hosts' | 'contacts']['info']>>) {
  if (answer.kind === 'answered' && answer.code === 2303) return false
  return dataOf<unknown>(answer) === undefined ? undefined : true
}

const contactCreate: Change = {
  kind: 'change',
  verb: 'create',
  aim: same,
  atOnceMax: 6,
  prepare: nothing,
  send: ({ pool }, id, clTRID) => byCode(pool.contacts.create(contact(id, clTRID))),
  ask: async ({ pool, newClTRID }, id) => isThere(await pool.contacts.info(id, newClTRID())),
  isDone: ({ registry }, id) => registry.contacts.has(id),
}

const contactUpdate: Change = {
  kind: 'change',
  verb: 'update',
  aim: same,
  atOnceMax: 6,
  prepare: makeContact,
  send: ({ pool }, id, clTRID) => byCode(pool.contacts.update({ id, clTRID, change: { email: NEW_EMAIL } })),
  async ask({ pool, newClTRID }, id) {
    const info = dataOf(await pool.contacts.info(id, newClTRID()))
    return info && info.email === NEW_EMAIL
  },
  isDone: ({ registry }, id) => JSON.stringify(registry.contacts.get(id)).includes(NEW_EMAIL),
}

const contactInfo: Question = {
  kind: 'question',
  verb: 'info',
  aim: same,
  atOnceMax: 6,
  prepare: makeContact,
  send: ({ pool }, id, clTRID) => pool.contacts.info(id, clTRID),
  complain({ registry }, id, answer) {
    const data = 'data' in answer ? JSON.stringify(answer.data) : ''
    return data.includes(`"${registry.contacts.get(id)?.roid}"`) ? undefined : 'it shows another contact'
  },
}

const hostCreate: Change = {
  kind: 'change',
  verb: 'create',
  aim: hostOf,
  atOnceMax: 6,
  prepare: nothing,
  send: ({ pool }, object, clTRID) =>
    byCode(pool.hosts.create({ name: hostOf(object), addresses: [], clTRID })),
  ask: async ({ pool, newClTRID }, object) => isThere(await pool.hosts.info(hostOf(object), newClTRID())),
  isDone: ({ registry }, object) => registry.hosts.has(hostOf(object)),
}

const oldestOf = ({ account }: World) => account.messages[0]?.id

async function queue({ registry, time }: World): Promise<void> {
  queueMessage(registry, CLID, time.epochMs(), 'A message')
}

const pollRequest: Question = {
  kind: 'question',
  verb: 'poll',
  atOnceMax: 1,
  prepare: queue,
  send: ({ pool }, _, clTRID) => pool.messages.next(clTRID),
  complain(world, _, answer) {
    const data = 'data' in answer ? JSON.stringify(answer.data) : ''
    return data.includes(`"id":"${oldestOf(world)}"`) ? undefined : `it answered ${data}`
  },
}

/** The only message of the world, the first of its registry. */
const MESSAGE_ID = '1'

const pollAcknowledge: Change = {
  kind: 'change',
  verb: 'poll',
  atOnceMax: 1,
  prepare: queue,
  send: ({ pool }, _, clTRID) => byCode(pool.messages.acknowledge(MESSAGE_ID, clTRID)),
  async ask({ pool, newClTRID }) {
    const polled = dataOf(await pool.messages.next(newClTRID()))
    return polled && polled.message?.id !== MESSAGE_ID
  },
  isDone: (world) => oldestOf(world) !== MESSAGE_ID,
}

const hello: Question = {
  kind: 'question',
  verb: 'hello',
  atOnceMax: 1,
  prepare: nothing,
  async send({ pool }) {
    using slot = await pool.acquire()
    return await slot.hello()
  },
  complain: (_, _object, answer) =>
    'message' in answer && typeof answer.message === 'object' && answer.message.kind === 'greeting'
      ? undefined
      : 'no greeting came',
}

/** The commands about contacts, hosts and messages, and the hello. */
export const objectCommands = {
  contactCreate,
  contactInfo,
  contactUpdate,
  hostCreate,
  pollRequest,
  pollAcknowledge,
  hello,
} as const satisfies Record<string, Change | Question>
