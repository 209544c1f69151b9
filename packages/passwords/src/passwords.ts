import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** The cost parameters of a hash. RFC 9106 §3.1. */
type Cost = { readonly memoryKib: number; readonly passes: number; readonly lanes: number }

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2)

/** The tag of Argon2id (RFC 9106), computed outside the event loop. */
export function argon2id(
  password: string,
  salt: Uint8Array,
  { memoryKib, passes, lanes }: Cost,
  tagBytes: number,
): Promise<Buffer> {
  // Different keyboards compose the same letter differently.
  const message = password.normalize('NFKC')
  return derive('argon2id', {
    message,
    nonce: salt,
    parallelism: lanes,
    tagLength: tagBytes,
    memory: memoryKib,
    passes,
  })
}

/** About 30 ms and 19 MiB per guess: OWASP's first recommendation, which suits a small machine. */
const newCost: Cost = { memoryKib: 19_456, passes: 2, lanes: 1 }

/** RFC 9106 §3.1. */
const SALT_BYTES = 16
const TAG_BYTES = 32

/** A new Argon2id hash of the password in its usual text form, `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const tag = await argon2id(password, salt, newCost, TAG_BYTES)
  const parameters = `m=${newCost.memoryKib},t=${newCost.passes},p=${newCost.lanes}`
  return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(tag)}`
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

const form =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

/** A stored hash with higher costs is not ours: a forged one must not exhaust the machine. */
const MEMORY_KIB_MAX = 262_144
const PASSES_MAX = 20

/** Whether `hash`, made by `hashPassword`, is the hash of the password. Throws if it is not such a hash. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  const [, memory = '', passes = '', lanes = '', salt = '', tag = ''] = form.exec(hash) ?? []
  const cost = { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) }
  if (tag === '' || cost.memoryKib > MEMORY_KIB_MAX || cost.passes > PASSES_MAX) {
    throw new Error('a stored password hash is not one of ours')
  }
  const expected = Buffer.from(tag, 'base64')
  const actual = await argon2id(password, Buffer.from(salt, 'base64'), cost, expected.length)
  return timingSafeEqual(actual, expected)
}
