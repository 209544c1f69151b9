import type { Precondition } from '@droplock/rules/preconditions'
import { Refusal } from '@droplock/rules/refusals'
import type { GatewayRequest } from '../gateway.ts'

/** Strong entity tags of ours (RFC 9110 §8.8.3). A weak one never matches an `If-Match`. */
const ownTag = /^"v(\d{1,9})"$/
const someTag = /^(?:W\/)?"[\x21\x23-\x7e]*"$/

/** Sends the version of a resource as its strong `ETag`. */
export function setETag(c: Pick<GatewayRequest, 'header'>, version: number): void {
  c.header('ETag', `"v${version}"`)
}

/**
 * What the request requires of the resource that it edits: `If-Match`, or `If-None-Match: *` to create it. Throws Refusal:
 * precondition_required, precondition_malformed. ADR 27.
 */
export function readPrecondition(c: Pick<GatewayRequest, 'req'>): Precondition {
  const [ifMatch, ifNoneMatch] = [c.req.header('If-Match')?.trim(), c.req.header('If-None-Match')?.trim()]
  if (ifMatch === undefined && ifNoneMatch === undefined) {
    throw new Refusal('precondition_required', 'Send If-Match with the ETag of what you read.', {}, [
      { header: 'If-Match', detail: 'is missing' },
    ])
  }
  if (ifMatch === undefined) {
    if (ifNoneMatch === '*') return { kind: 'absent' }
    throw malformed('If-None-Match', 'must be *')
  }
  if (ifNoneMatch !== undefined) throw malformed('If-None-Match', 'must not be sent with If-Match')
  if (ifMatch === '*') return { kind: 'present' }
  const tags = ifMatch.split(',').map((tag) => tag.trim())
  if (!tags.every((tag) => someTag.test(tag)))
    throw malformed('If-Match', 'must be * or a list of entity tags')
  return { kind: 'versions', versions: tags.flatMap((tag) => ownTag.exec(tag)?.[1] ?? []).map(Number) }
}

function malformed(header: string, detail: string): Refusal {
  return new Refusal('precondition_malformed', `${header} ${detail}.`, {}, [{ header, detail }])
}
