import { type Argon2Parameters, argon2 } from 'node:crypto'
import { promisify } from 'node:util'

/** How much work a hash is. RFC 9106 §3.1. */
export type Cost = { readonly memoryKib: number; readonly passes: number; readonly lanes: number }

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2)

/** The tag of Argon2id (RFC 9106), computed outside the event loop. */
export function argon2id(
  password: string,
  salt: Uint8Array,
  { memoryKib, passes, lanes }: Cost,
  tagBytes: number,
): Promise<Buffer> {
  // What looks the same is the same password, however the keyboard composed it.
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
