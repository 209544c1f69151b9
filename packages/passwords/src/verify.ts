import { timingSafeEqual } from 'node:crypto'
import { argon2id } from './argon2id.ts'

const form =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

/** Costlier hashes than these are no hashes of ours; a forged one must not take the machine down. */
const memoryKibMax = 262_144
const passesMax = 20

/** Whether `hash`, made by `hashPassword`, is the hash of the password. Throws on a text that is no such hash. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  const [, memory = '', passes = '', lanes = '', salt = '', tag = ''] = form.exec(hash) ?? []
  const cost = { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) }
  if (tag === '' || cost.memoryKib > memoryKibMax || cost.passes > passesMax) {
    throw new Error('a stored password hash is not one of ours')
  }
  const expected = Buffer.from(tag, 'base64')
  const actual = await argon2id(password, Buffer.from(salt, 'base64'), cost, expected.length)
  return timingSafeEqual(actual, expected)
}
