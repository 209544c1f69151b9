import { randomBytes } from 'node:crypto'
import { argon2id, type Cost } from './argon2id.ts'

/** Some 30 ms and 19 MiB a guess: OWASP's first choice where sign-ins share a small machine with everything else. */
const cost: Cost = { memoryKib: 19_456, passes: 2, lanes: 1 }

/** RFC 9106 §3.1. Bytes. */
const saltBytes = 16
const tagBytes = 32

/** A new Argon2id hash of the password in its usual text form, `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const tag = await argon2id(password, salt, cost, tagBytes)
  const parameters = `m=${cost.memoryKib},t=${cost.passes},p=${cost.lanes}`
  return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(tag)}`
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
