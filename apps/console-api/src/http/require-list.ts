import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Environment } from '../console-api.ts'

/** The body is a file, and says so, and says no size that is too large. Throws Refusal: unsupported_media_type, request_too_large. */
export function requireList(bytesMax: number): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const mediaType = c.req.header('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase()
    if (mediaType !== 'application/octet-stream') {
      throw new Refusal(
        'unsupported_media_type',
        'Send the file with Content-Type: application/octet-stream.',
      )
    }
    if (Number(c.req.header('Content-Length') ?? 0) > bytesMax) {
      throw new Refusal('request_too_large', `The file may have ${bytesMax} bytes.`, { bytes_max: bytesMax })
    }
    await next()
  }
}
