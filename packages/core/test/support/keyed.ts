import { createHash } from 'node:crypto'
import type { KeyedRequest } from '../../src/idempotency/keyed-request.ts'
import { newId } from '../../src/new-id.ts'

/** A request under an Idempotency-Key; requests with the same content ask for the same. */
export function keyedRequest(key: string = newId(), content = ''): KeyedRequest {
  const contentSha256 = createHash('sha256').update(content).digest()
  return { key, item: 0, contentSha256, scope: 'backorders:write' }
}
