import { Refusal } from '@droplock/rules/refusals'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { HttpEnvironment } from './environment.ts'
import { refuse } from './refuse.ts'

/** A JSON body of ours is below 1 KiB. Bytes. */
export const jsonBytesMax = 16_384

/** Stops a body that is too large before it is read, or while it is read where its length is not told. */
export function limitBody(bytesMax: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: bytesMax,
    onError: (c: Context<HttpEnvironment>) =>
      refuse(
        c,
        new Refusal('request_too_large', `The body may have ${bytesMax} bytes.`, { bytes_max: bytesMax }),
      ),
  })
}
