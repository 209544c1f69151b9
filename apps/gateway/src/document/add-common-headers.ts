import { mapOperations, mapValues, type Node, nodeOf, refTo, withComponents } from './node.ts'

const text = { type: 'string' }

/** What every answer may have beside what its operation says. */
const headers = {
  'X-Request-Id': {
    description:
      'The id of this request: the `X-Request-Id` that you sent, or one of ours. Name it when you ask us about an answer',
    required: true,
    schema: text,
    example: '6f1c2d9e',
  },
  RateLimit: {
    description:
      "What is left of your account's requests of this minute (draft-ietf-httpapi-ratelimit-headers): `r` of the bucket, for `t` seconds. With every answer to a valid key",
    schema: text,
    example: '"reads";r=598;t=42',
  },
  'RateLimit-Policy': {
    description: 'The quota `q` of the bucket in `w` seconds. With every answer to a valid key',
    schema: text,
    example: '"reads";q=600;w=60',
  },
  'WWW-Authenticate': {
    description: 'How to authenticate (RFC 9110 §11.6.1)',
    required: true,
    schema: text,
    example: 'Bearer realm="droplock"',
  },
}

type HeaderName = keyof typeof headers

const ofAll = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'] as const
/** Of what is answered before the key is known. */
const ofUnauthenticated = ['X-Request-Id', 'WWW-Authenticate'] as const

/** The document with the headers of all answers, each as a component. */
export function addCommonHeaders(document: Node): Node {
  const described = mapOperations(document, (operation) => ({
    ...operation,
    responses: mapValues(nodeOf(operation['responses']), (response, status) => ({
      ...response,
      headers: {
        ...nodeOf(response['headers']),
        ...refsTo(status === '401' ? ofUnauthenticated : ofAll),
      },
    })),
  }))
  return withComponents(described, 'headers', headers)
}

function refsTo(names: readonly HeaderName[]): Node {
  return Object.fromEntries(names.map((name) => [name, refTo('headers', name)]))
}
